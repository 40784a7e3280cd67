package io.livehall.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.config.TencentConfig.Mode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossChecksTest {
  private static final String OWN_ACCOUNTS =
      "[{\"userId\":\"admin\",\"role\":\"admin\",\"password\":\"my-own-password\"}]";

  /** All that a server needs outside simulated mode, in either language of the cloud. */
  private static Map<String, String> real(Mode mode) {
    return new HashMap<>(
        Map.of(
            "LIVEHALL_TENCENT_MODE", ConfigText.of(mode),
            "LIVEHALL_TOKENS_KEY", "my-own-token-key-0123456789abcdef",
            "LIVEHALL_TENCENT_PUSHKEY", "my-own-push-key",
            "LIVEHALL_TENCENT_CALLBACKKEY", "my-own-callback-key",
            "LIVEHALL_ACCOUNTS_BOOTSTRAP", OWN_ACCOUNTS,
            "LIVEHALL_TENCENT_APIKEY", "my-own-api-key",
            "LIVEHALL_TENCENT_APPID", "1250000000",
            "LIVEHALL_TENCENT_SECRETID", "my-own-secret-id",
            "LIVEHALL_TENCENT_SECRETKEY", "my-own-secret-key"));
  }

  @ParameterizedTest
  @EnumSource(names = {"LEGACY", "V3"})
  void realModeStartsWithSecretsOfItsOwn(Mode mode) {
    LiveConfig config = LiveConfig.load(Optional.empty(), real(mode));

    assertThat(config.tencent().mode()).isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource({
    "LIVEHALL_TOKENS_KEY, tokens.key",
    "LIVEHALL_TENCENT_PUSHKEY, tencent.pushKey",
    "LIVEHALL_TENCENT_CALLBACKKEY, tencent.callbackKey",
    "LIVEHALL_ACCOUNTS_BOOTSTRAP, accounts.bootstrap[0].password"
  })
  void realModeRefusesEachDefaultSecret(String variable, String key) {
    for (Mode mode : new Mode[] {Mode.LEGACY, Mode.V3}) {
      var environment = real(mode);
      environment.remove(variable);

      assertThat(ConfigErrors.of(environment))
          .startsWith(key + ":")
          .contains("default secret", variable);
    }
  }

  @Test
  void realModeRefusesADefaultSecretInAnotherPlace() {
    var environment = real(Mode.V3);
    environment.put(
        "LIVEHALL_ACCOUNTS_BOOTSTRAP",
        OWN_ACCOUNTS.replace("my-own-password", "moderator-please-change"));

    assertThat(ConfigErrors.of(environment))
        .startsWith("accounts.bootstrap[0].password (from LIVEHALL_ACCOUNTS_BOOTSTRAP)")
        .doesNotContain("moderator-please-change");
  }

  @ParameterizedTest
  @CsvSource({
    "LEGACY, LIVEHALL_TENCENT_APIKEY, tencent.apiKey",
    "LEGACY, LIVEHALL_TENCENT_APPID, tencent.appId",
    "V3, LIVEHALL_TENCENT_SECRETID, tencent.secretId",
    "V3, LIVEHALL_TENCENT_SECRETKEY, tencent.secretKey"
  })
  void eachLanguageOfTheCloudNeedsItsKeys(Mode mode, String variable, String key) {
    var environment = real(mode);
    environment.remove(variable);

    assertThat(ConfigErrors.of(environment)).startsWith(key + ":").contains("set it", variable);
  }

  @Test
  void unverifiedCallbacksAreForSimulationOnly() {
    var off = Map.of("LIVEHALL_CALLBACK_VERIFY", "false");
    var environment = real(Mode.V3);
    environment.putAll(off);

    assertThat(LiveConfig.load(Optional.empty(), off).callback().verify()).isFalse();
    assertThat(ConfigErrors.of(environment))
        .startsWith("callback.verify (from LIVEHALL_CALLBACK_VERIFY)");
  }

  @ParameterizedTest
  @CsvSource({
    "CALLBACK, callback.port, 8080, http.port",
    "PUSH, push.port, 8081, callback.port",
    "OPS, ops.port, 8082, push.port",
    "OPS, ops.port, 8080, http.port"
  })
  void portsDiffer(String section, String key, String port, String other) {
    assertThat(ConfigErrors.of(Map.of("LIVEHALL_" + section + "_PORT", port)))
        .startsWith(key)
        .contains(other);
  }

  @Test
  void anyNumberOfPortsMayBeFreeOnes() {
    var free =
        Map.of(
            "LIVEHALL_HTTP_PORT", "0",
            "LIVEHALL_CALLBACK_PORT", "0",
            "LIVEHALL_PUSH_PORT", "0",
            "LIVEHALL_OPS_PORT", "0");

    assertThat(LiveConfig.load(Optional.empty(), free).push().port()).isZero();
  }

  @Test
  void portOfTheClusterCountsWhereThereIsOne() {
    var environment = new HashMap<>(Map.of("LIVEHALL_CLUSTER_PORT", "8080"));
    assertThat(LiveConfig.load(Optional.empty(), environment).cluster().port()).isEqualTo(8080);

    environment.put("LIVEHALL_CLUSTER_ENABLED", "true");
    assertThat(ConfigErrors.of(environment)).startsWith("cluster.port").contains("http.port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3s", "2999ms"})
  void claimOutlastsTheQuery(String claimFor) {
    assertThat(ConfigErrors.of(Map.of("LIVEHALL_POLL_CLAIMFOR", claimFor)))
        .startsWith("poll.claimFor")
        .contains("tencent.queryTimeout (3s)");
    var longer = Map.of("LIVEHALL_POLL_CLAIMFOR", "3001ms");
    assertThat(LiveConfig.load(Optional.empty(), longer).poll().claimFor()).hasMillis(3001);
  }

  @Test
  void clusterNeedsMembers() {
    var nobody = Map.of("LIVEHALL_CLUSTER_ENABLED", "true", "LIVEHALL_CLUSTER_MEMBERS", "");
    var itself = Map.of("LIVEHALL_CLUSTER_ENABLED", "true");

    assertThat(ConfigErrors.of(nobody)).startsWith("cluster.members").contains("HOST:PORT");
    assertThat(LiveConfig.load(Optional.empty(), itself).cluster().enabled()).isTrue();
  }

  @Test
  void severalNodesNeedStoresToShare() {
    var environment =
        new HashMap<>(
            Map.of(
                "LIVEHALL_CLUSTER_ENABLED", "true", "LIVEHALL_CLUSTER_MEMBERS", "a:5701,b:5701"));

    assertThat(ConfigErrors.of(environment))
        .startsWith("postgres.uri:")
        .contains("LIVEHALL_POSTGRES_URI");
    environment.put("LIVEHALL_POSTGRES_URI", "postgresql://u:p@db/livehall");
    assertThat(ConfigErrors.of(environment))
        .startsWith("redis.uri:")
        .contains("LIVEHALL_REDIS_URI");
    environment.put("LIVEHALL_REDIS_URI", "redis://cache");
    assertThat(LiveConfig.load(Optional.empty(), environment).cluster().members())
        .containsExactly("a:5701", "b:5701");
  }

  @ParameterizedTest
  @CsvSource({"sentinel", "cluster"})
  void manyRedisesAreSomebodyElses(String mode) {
    var environment =
        new HashMap<>(
            Map.of("LIVEHALL_REDIS_MODE", mode, "LIVEHALL_REDIS_MEMBERS", "a:6379,b:6380"));
    if (mode.equals("sentinel")) {
      environment.put("LIVEHALL_REDIS_MASTERNAME", "live");
    }

    assertThat(ConfigErrors.of(environment))
        .startsWith("redis.uri:")
        .contains("redis.mode " + mode, "LIVEHALL_REDIS_URI");
    environment.put("LIVEHALL_REDIS_URI", "redis://a");
    assertThat(LiveConfig.load(Optional.empty(), environment).redis().members())
        .containsExactly("a:6379", "b:6380");
  }

  @Test
  void sentinelsAreAskedForAMasterAndNobodyElseIs() {
    var environment =
        new HashMap<>(Map.of("LIVEHALL_REDIS_MODE", "sentinel", "LIVEHALL_REDIS_URI", "redis://a"));
    assertThat(ConfigErrors.of(environment))
        .startsWith("redis.masterName:")
        .contains("LIVEHALL_REDIS_MASTERNAME");

    environment.put("LIVEHALL_REDIS_MASTERNAME", "live");
    assertThat(LiveConfig.load(Optional.empty(), environment).redis().masterName())
        .isEqualTo("live");
    for (String other : new String[] {"single", "cluster"}) {
      environment.put("LIVEHALL_REDIS_MODE", other);
      assertThat(ConfigErrors.of(environment))
          .startsWith("redis.masterName (from LIVEHALL_REDIS_MASTERNAME)")
          .contains("redis.mode " + other);
    }
  }

  @Test
  void oneRedisHasNoMembers() {
    assertThat(ConfigErrors.of(Map.of("LIVEHALL_REDIS_MEMBERS", "a:6379")))
        .startsWith("redis.members (from LIVEHALL_REDIS_MEMBERS)")
        .contains("sentinel or cluster");
  }
}
