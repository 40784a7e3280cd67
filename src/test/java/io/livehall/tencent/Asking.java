package io.livehall.tencent;

import io.livehall.config.LiveConfig;
import io.livehall.config.TencentConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A configuration of who asks the cloud, with all the keys that any mode needs. */
final class Asking {
  private static final String BOOTSTRAP =
      "[{\"userId\":\"root\",\"role\":\"admin\",\"password\":\"long-enough\"}]";

  private static final Map<String, String> USUAL =
      Map.of(
          "TENCENT_APPID", "1250000000",
          "TENCENT_APIKEY", "api-key-0123456789abcdef01234567",
          "TENCENT_SECRETID", "AKID0123456789abcdef",
          "TENCENT_SECRETKEY", "secret-0123456789abcdef012345678",
          "TENCENT_QUERYTIMEOUT", "1s",
          "TENCENT_PUSHKEY", "push-key-0123456789abcdef0123456",
          "TENCENT_CALLBACKKEY", "callback-key-0123456789abcdef012",
          "TOKENS_KEY", "tokens-key-0123456789abcdef0123456789",
          "ACCOUNTS_BOOTSTRAP", BOOTSTRAP);

  private Asking() {}

  /**
   * @param changes by the names of the environment, without their beginning
   */
  static TencentConfig in(String mode, Map<String, String> changes) {
    Map<String, String> all = new HashMap<>(USUAL);
    all.put("TENCENT_MODE", mode);
    all.putAll(changes);
    Map<String, String> environment = new HashMap<>();
    all.forEach((key, value) -> environment.put("LIVEHALL_" + key, value));
    return LiveConfig.load(Optional.empty(), environment).tencent();
  }
}
