package io.livehall.redis;

import static io.livehall.TestStores.await;
import static io.livehall.redis.RedisStage.enter;
import static io.livehall.redis.RedisStage.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.config.LiveConfig;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.service.port.CounterStore.State;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The counters on the master of a sentinel, and on its replica once that is the master. */
class RedisSentinelTest {
  @Test
  void replicaCountsOnWhenTheMasterIsKilled() {
    try (RedisServer master = RedisServer.start();
        RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + master.port());
        RedisServer sentinel = master.sentinel()) {
      Awaitility.await()
          .pollInSameThread()
          .atMost(Duration.ofSeconds(15))
          .until(() -> isWatched(sentinel) && isFollowing(replica));
      RedisCounters counters = reached(counters(sentinel));
      RedisStage stage = new RedisStage(counters);
      RoomId room = stage.open();
      stage.like(room, 42);
      stage.visit(room, enter("ada"));
      assertThat(stage.tally(room)).isEqualTo(new Tally(1, 42, 1, 1));
      assertThat(master.ask("WAIT", 1, 5_000).toLong()).isEqualTo(1);

      master.kill();
      assertThat(stage.like(room, 1).state()).isEqualTo(State.AWAY);
      Awaitility.await()
          .pollInSameThread()
          .atMost(Duration.ofSeconds(15))
          .until(() -> stage.like(room, 1).state() == State.COUNTED);

      assertThat(stage.tally(room)).isEqualTo(new Tally(1, 43, 1, 1));
      assertThat(replica.ask("ROLE").get(0).toString()).isEqualTo("master");
      await(counters.close());
    }
  }

  private static boolean isWatched(RedisServer sentinel) {
    return sentinel.ask("SENTINEL", "REPLICAS", "live").size() == 1;
  }

  private static boolean isFollowing(RedisServer replica) {
    return replica.ask("INFO", "replication").toString().contains("master_link_status:up");
  }

  private static RedisCounters counters(RedisServer sentinel) {
    LiveConfig config =
        LiveConfig.load(
            Optional.empty(),
            Map.of(
                "LIVEHALL_REDIS_URI", sentinel.uri(),
                "LIVEHALL_REDIS_MODE", "sentinel",
                "LIVEHALL_REDIS_MASTERNAME", "live"));
    var terms = new RedisCounters.Terms(Duration.ofMinutes(1), 20, 100, 10, Duration.ofSeconds(1));
    return new RedisCounters(
        TestStores.vertx(), RedisTarget.options(sentinel.uri(), config.redis()), terms);
  }
}
