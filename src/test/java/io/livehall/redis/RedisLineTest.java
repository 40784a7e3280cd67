package io.livehall.redis;

import static io.livehall.TestStores.await;
import static io.livehall.redis.RedisStage.enter;
import static io.livehall.redis.RedisStage.reached;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.TestStores;
import io.livehall.config.LiveConfig;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.service.port.CounterStore.Liked;
import io.livehall.service.port.CounterStore.Likes;
import io.livehall.service.port.CounterStore.State;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of the counters when Redis is killed, stands still, or comes back without memory.
 */
class RedisLineTest {
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final RedisServer server =
      RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
  private final RedisCounters counters = reached(counters(TIMEOUT));
  private final RedisStage stage = new RedisStage(counters);
  private final RoomId room = stage.open();

  @AfterEach
  void close() {
    await(counters.close());
    server.close();
  }

  @Test
  void whileItIsAwayEverythingIsRefusedAtOnceAndNothingIsKeptForLater() {
    stage.like(room, 42);
    server.kill();
    awaitAway();

    List<Future<List<Liked>>> likes = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      likes.add(counters.like(List.of(new Likes(room, 1, List.of()))));
    }
    await(Future.all(likes));
    assertThat(since(begun)).isLessThan(Duration.ofSeconds(1));
    assertThat(likes).allMatch(like -> like.result().get(0).state() == State.AWAY);
    assertThat(stage.visit(room, enter("ada")).state()).isEqualTo(State.AWAY);
    assertThat(stage.state(room)).isEqualTo(State.AWAY);
    assertUnavailable(counters.members(room, 0, 10));
    assertUnavailable(counters.seal(Set.of(room)));
    assertUnavailable(counters.raise(Map.of(room, Tally.ZERO)));
    server.startAgain();
    awaitCounted(Duration.ofSeconds(2));

    assertThat(stage.tally(room)).isEqualTo(new Tally(0, 42, 0, 0));
  }

  @Test
  void serverThatStandsStillIsWaitedForOnceAndUsedAgainHoweverLongItTook() {
    Duration timeout = Duration.ofMillis(50);
    RedisCounters impatient = reached(counters(timeout));
    RedisStage asked = new RedisStage(impatient);
    asked.like(room, 42);
    server.pause();

    long begun = System.nanoTime();
    assertThat(asked.state(room)).isEqualTo(State.AWAY);
    assertThat(since(begun)).isBetween(timeout, timeout.multipliedBy(10));
    // So long that it is tried more often than a client has connections.
    Awaitility.await()
        .pollInSameThread()
        .until(
            () -> {
              assertUnavailable(impatient.members(room, 0, 10));
              return since(begun).toMillis() > 3_000;
            });
    server.goOn();
    reached(impatient);

    assertThat(asked.tally(room).likes()).isEqualTo(42);
    await(impatient.close());
    awaitConnections(1);
  }

  @Test
  void whoWaitsForAnAnswerNoLongerThanHeLikesIsToldSoOnHisOwnThread() {
    server.pause();
    var told = new CompletableFuture<Context>();
    var asking = TestStores.vertx().getOrCreateContext();

    asking.runOnContext(
        now ->
            counters
                .seal(Set.of(room))
                .timeout(20, TimeUnit.MILLISECONDS)
                .onComplete(over -> told.complete(Vertx.currentContext())));

    assertThat(told).succeedsWithin(TIMEOUT).isSameAs(asking);
    server.goOn();
  }

  @Test
  void serverThatForgotItsScriptsIsGivenThemAgain() {
    server.ask("SCRIPT", "FLUSH");

    assertThat(stage.state(room)).isEqualTo(State.AWAY);
    awaitCounted(Duration.ofSeconds(1));

    awaitConnections(1);
  }

  @Test
  void serverThatForgotEverythingCountsWhatIsRaisedAgain() {
    stage.like(room, 42);
    server.ask("FLUSHALL");
    server.ask("SCRIPT", "FLUSH");
    server.kill();
    server.startAgain();
    reached(counters);

    assertThat(stage.like(room, 1).state()).isEqualTo(State.UNKNOWN);
    await(counters.raise(Map.of(room, new Tally(0, 40, 0, 0))));

    assertThat(stage.tally(room).likes()).isEqualTo(40);
  }

  @Test
  void roomThatIsSpoiledDoesNotStopTheOthers() {
    RoomId spoiled = stage.open();
    server.ask("SET", RedisStage.key(spoiled, 'v'), "not a zset");

    long begun = System.nanoTime();
    long before = connectionsEver();
    for (int i = 0; i < 200; i++) {
      assertThat(stage.visit(spoiled, enter("ada")).state()).isEqualTo(State.AWAY);
      assertThat(stage.visit(room, enter("ada")).state()).isEqualTo(State.COUNTED);
    }

    assertThat(connectionsEver() - before).isBetween(1L, 3 + since(begun).toMillis() / 200);
    awaitConnections(1);
  }

  @Test
  void closedLineRefusesAndComesBackNoMore() {
    await(counters.close());

    assertThat(stage.state(room)).isEqualTo(State.AWAY);
    awaitConnections(0);
  }

  @Test
  void lineThatIsClosedWhileItIsDownIsNotMadeAgain() {
    server.kill();
    awaitAway();
    await(counters.close());
    server.startAgain();

    Awaitility.await()
        .during(Duration.ofMillis(600))
        .atMost(Duration.ofSeconds(3))
        .until(() -> connections() == 0);
  }

  private RedisCounters counters(Duration timeout) {
    String text = timeout.toMillis() + "ms";
    LiveConfig config = LiveConfig.load(Optional.empty(), Map.of("LIVEHALL_REDIS_TIMEOUT", text));
    var terms = new RedisCounters.Terms(Duration.ofMinutes(1), 20, 100, 10, timeout);
    return new RedisCounters(
        TestStores.vertx(), RedisTarget.options(server.uri(), config.redis()), terms);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private void awaitAway() {
    Awaitility.await().pollInSameThread().until(() -> !RedisStage.isReached(counters));
  }

  private void awaitCounted(Duration within) {
    Awaitility.await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(10))
        .atMost(within)
        .until(() -> stage.state(room) == State.COUNTED);
  }

  /** The others than the one that asks. */
  private void awaitConnections(int wanted) {
    Awaitility.await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(3))
        .until(() -> connections() == wanted);
  }

  private long connectionsEver() {
    String stats = server.ask("INFO", "stats").toString();
    return Long.parseLong(stats.replaceAll("(?s).*total_connections_received:(\\d+).*", "$1"));
  }

  private long connections() {
    return server.ask("CLIENT", "LIST").toString().lines().count() - 1;
  }

  /** And that at once. */
  private static void assertUnavailable(Future<?> answer) {
    assertThat(answer.isComplete()).isTrue();
    assertThatThrownBy(() -> await(answer))
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }
}
