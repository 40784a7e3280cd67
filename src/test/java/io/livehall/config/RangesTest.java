package io.livehall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last value that is good on each side, and the first that is not. */
class RangesTest {
  @ParameterizedTest
  @CsvSource({
    "http.port, 0, 65535, -1, 65536",
    "callback.port, 0, 65535, -1, 65536",
    "push.port, 0, 65535, -1, 65536",
    "ops.port, 0, 65535, -1, 65536",
    "cluster.port, 1, 65535, 0, 65536",
    "http.bodyBytesMax, 1024, 16777216, 1023, 16777217",
    "http.idleTimeout, 1s, 1h, 999ms, 61m",
    "http.connectionsMax, 1, 1000000, 0, 1000001",
    "callback.bodyBytesMax, 1024, 16777216, 1023, 16777217",
    "callback.expiryTolerance, 0s, 24h, -1s, 25h",
    "callback.queueMax, 1, 1000000, 0, 1000001",
    "callback.keepFor, 1m, 366d, 59s, 367d",
    "postgres.poolSize, 1, 1000, 0, 1001",
    "postgres.connectTimeout, 100ms, 1m, 99ms, 61s",
    "postgres.queryTimeout, 100ms, 1m, 99ms, 61s",
    "redis.timeout, 50ms, 1m, 49ms, 61s",
    "bus.askTimeout, 100ms, 1m, 99ms, 61s",
    "tokens.accessFor, 1s, 30d, 999ms, 31d",
    "tokens.refreshFor, 1s, 366d, 999ms, 367d",
    "accounts.signInsPerMinute, 1, 100000, 0, 100001",
    "rooms.startWithin, 100ms, 24h, 99ms, 25h",
    "rooms.pollEvery, 100ms, 1h, 99ms, 61m",
    "rooms.heartbeatEvery, 100ms, 1h, 99ms, 61m",
    "rooms.lossGrace, 0s, 1h, -1s, 61m",
    "rooms.pageSize, 1, 100, 0, 101",
    "keeper.batchMax, 1, 1000, 0, 1001",
    "keeper.queueMax, 1, 1000000, 0, 1000001",
    "hall.headEvery, 50ms, 1m, 49ms, 61s",
    "hall.pageCacheMax, 0, 100000, -1, 100001",
    "hall.tickEvery, 10ms, 10s, 9ms, 11s",
    "hall.countEvery, 10ms, 1m, 9ms, 61s",
    "hall.watchEvery, 10ms, 1m, 9ms, 61s",
    "hall.markEvery, 100ms, 1m, 99ms, 61s",
    "hall.countBytesPerSecond, 1, 1000000, 0, 1000001",
    "hall.viewsMax, 1, 100000, 0, 100001",
    "counters.likesPerSecond, 1, 1000000, 0, 1000001",
    "counters.likesAtOnce, 1, 1000000, 0, 1000001",
    "counters.leaseFor, 4s, 1h, 3999ms, 61m",
    "counters.tellEvery, 10ms, 1m, 9ms, 61s",
    "counters.keepEvery, 100ms, 1h, 99ms, 61m",
    "counters.aroundWithin, 1s, 1h, 999ms, 61m",
    "counters.namesPerSecond, 0, 1000, -1, 1001",
    "counters.batchMax, 1, 10000, 0, 10001",
    "counters.queueMax, 1, 1000000, 0, 1000001",
    "poll.batchMax, 1, 10000, 0, 10001",
    "poll.claimFor, 200ms, 1h, 199ms, 61m",
    "poll.parallelMax, 1, 1000, 0, 1001",
    "tencent.pushUrlFor, 1m, 366d, 59s, 367d",
    "tencent.playUrlFor, 1m, 366d, 59s, 367d",
    "tencent.queryTimeout, 100ms, 1m, 99ms, 61s",
    "tencent.simulator.lose, 0, 1, -0.1, 1.1",
    "tencent.simulator.duplicate, 0, 1.0, -0.1, 1.1",
    "tencent.simulator.delay, 0, 1, -0.1, 1.1",
    "tencent.simulator.delayMax, 0s, 10m, -1s, 11m",
    "tencent.simulator.reorder, 0, 1, -0.1, 1.1",
    "tencent.simulator.failQueries, 0, 1, -0.1, 1.1",
    "tencent.simulator.apiPort, 0, 65535, -1, 65536",
    "stop.within, 100ms, 5m, 99ms, 301s",
    "tencent.bizId, a, 0123456789abcdef, A, 0123456789abcdef0",
    "tencent.appName, a, Live_1, live-1, a23456789012345678901234567890123",
    "tencent.appId, 1, 1250000000, x1, -1",
    "tencent.pushDomain, a.example.com, localhost, http://a, a..b",
    "tencent.playDomain, a.example.com, 8888.x, a:80, -a.b",
    "tencent.endpoint, http://127.0.0.1:1, https://a.b/c/, ftp://a, http://a:65536",
    "push.publicUrl, ws://a:8082, wss://a.b/v1/push, http://a, wss://a b",
    "http.host, ::1, 127.0.0.1, a b, a/b",
    "cluster.host, ::1, node-1, a:, a_",
    "cluster.name, a, live-hall.1, a b, a/b",
    "cluster.members, a:1, '[::1]:5701,b:65535', a, a:0",
    "node.name, a, host-1:8080, a b, a/b",
    "redis.mode, single, cluster, many, Cluster1",
    "redis.masterName, a, live-1, a b, a/b",
    "redis.members, a:1, '[::1]:6379,b:65535', a, a:0",
    "postgres.uri, postgres://h, postgresql://u:p@h:1/d?sslmode=require, redis://h, h:5432",
    "redis.uri, redis://h, rediss://:p@h:6380/0, http://h, redis://h:65536"
  })
  void limitsHold(String path, String low, String high, String tooLow, String tooHigh) {
    String name = ConfigKey.environmentName(path);

    for (String good : new String[] {low, high}) {
      var sources = ConfigSources.read(Optional.empty(), Map.of(name, good));
      assertThatCode(sources::bind).as(good).doesNotThrowAnyException();
    }
    for (String bad : new String[] {tooLow, tooHigh}) {
      assertThat(ConfigErrors.of(Map.of(name, bad)))
          .startsWith(path + " (from " + name + "): ")
          .contains("; ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "é", "x\n"})
  void userIdOfAFirstAccountHasTheFormOfUserIds(String userId) {
    String json =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("userId", userId)
                    .put("role", "admin")
                    .put("password", "long-enough"))
            .encode();

    assertThat(ConfigErrors.of(Map.of("LIVEHALL_ACCOUNTS_BOOTSTRAP", json)))
        .startsWith("accounts.bootstrap[0].userId (from LIVEHALL_ACCOUNTS_BOOTSTRAP): ");
  }

  @Test
  void firstAccountsHaveLongPasswordsAndDifferentIds() {
    String shortOne = "[{\"userId\":\"a\",\"role\":\"user\",\"password\":\"1234567\"}]";
    String twice =
        "[{\"userId\":\"a\",\"role\":\"user\",\"password\":\"12345678\"},"
            + "{\"userId\":\"a\",\"role\":\"admin\",\"password\":\"12345679\"}]";

    assertThat(ConfigErrors.of(Map.of("LIVEHALL_ACCOUNTS_BOOTSTRAP", shortOne)))
        .startsWith("accounts.bootstrap[0].password")
        .contains("at least 8")
        .doesNotContain("1234567");
    assertThat(ConfigErrors.of(Map.of("LIVEHALL_ACCOUNTS_BOOTSTRAP", twice)))
        .startsWith("accounts.bootstrap")
        .contains("\"a\" is there twice");
  }

  @Test
  void outsideKeyMustFitItsAlgorithm() {
    for (var wrong :
        Map.of("x", "rs256", Keys.EC, "rs256", Keys.RSA, "es256", Keys.EC_OTHER_CURVE, "es256")
            .entrySet()) {
      var environment =
          Map.of(
              "LIVEHALL_TOKENS_OUTSIDE_ALGORITHM", wrong.getValue(),
              "LIVEHALL_TOKENS_OUTSIDE_PUBLICKEY", wrong.getKey());
      assertThat(ConfigErrors.of(environment))
          .startsWith("tokens.outside.publicKey")
          .contains("PEM");
    }
  }
}
