package io.livehall.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskedTreeTest {
  @TempDir Path directory;

  @Test
  void noSecretIsShown() {
    var environment = new HashMap<String, String>();
    for (ConfigKey key : ConfigKey.below(LiveConfig.class)) {
      if (key.isSettable() && key.component().getType() == Secret.class) {
        environment.put(key.environmentName(), "hidden-" + key.path() + "-0123456789abcdef0123");
      }
    }
    assertThat(environment).hasSizeGreaterThanOrEqualTo(8);
    environment.put(
        "LIVEHALL_ACCOUNTS_BOOTSTRAP",
        "[{\"userId\":\"boss\",\"role\":\"admin\",\"password\":\"hidden-password\"}]");
    environment.put(
        "LIVEHALL_POSTGRES_URI", "postgresql://pguser:hidden@db:5432/live?password=hidden");
    environment.put("LIVEHALL_REDIS_URI", "redis://:hidden@cache:6379/2");

    LiveConfig config = LiveConfig.load(Optional.empty(), environment);

    assertThat(config.masked()).doesNotContain("hidden").contains("boss", "pguser", "cache:6379/2");
    assertThat(config.toString()).doesNotContain("hidden").contains("boss", "pguser");
    assertThat(MaskedTree.secrets(config)).hasSize(environment.size() - 2);
    var tree = new JsonObject(config.masked());
    assertThat(tree.getJsonObject("tencent").getString("pushKey")).isEqualTo("***");
    assertThat(tree.getJsonObject("postgres").getString("uri"))
        .isEqualTo("postgresql://pguser:***@db:5432/live?password=***");
  }

  @Test
  void treeIsShownAsItIsWritten() {
    LiveConfig config = LiveConfig.load(Optional.empty(), Map.of());

    JsonObject shown = new JsonObject(config.masked());

    JsonObject expected = ConfigSource.defaults().tree().copy();
    expected.getJsonObject("tokens").put("key", "***");
    expected.getJsonObject("tencent").put("pushKey", "***").put("callbackKey", "***");
    expected
        .getJsonObject("accounts")
        .getJsonArray("bootstrap")
        .forEach(account -> ((JsonObject) account).put("password", "***"));
    expected.getJsonObject("rooms").put("heartbeatEvery", "1m");
    expected.getJsonObject("http").put("idleTimeout", "1m");
    expected.getJsonObject("counters").put("leaseFor", "1m");
    expected.getJsonObject("tencent").put("pushUrlFor", "1d");
    assertThat(shown).isEqualTo(expected);
    assertThat(config.masked()).contains("\n  \"http\" : {\n");
  }

  @Test
  void shownTreeOfASimulationIsAFileToStartFrom() {
    LiveConfig config = LiveConfig.load(Optional.empty(), Map.of("LIVEHALL_HTTP_PORT", "18080"));
    String file = config.masked().replace("***", "own-secret-0123456789abcdef0123456789");

    LiveConfig again = LiveConfig.load(Optional.of(ConfigErrors.write(directory, file)), Map.of());

    assertThat(again.masked()).isEqualTo(config.masked());
  }
}
