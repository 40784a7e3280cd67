package io.livehall.service;

import static io.livehall.TestStores.await;
import static io.livehall.service.CountingStage.enter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.domain.Tally;
import io.livehall.redis.RedisServer;
import io.livehall.service.Counter.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counting while Redis is away, and after it has come back. */
class CountingAwayTest {
  private static final Answer UNAVAILABLE = Answer.refused(ErrorCode.UNAVAILABLE);

  private final RedisServer server =
      RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
  private final CountingStage stage = new CountingStage(server.uri());
  private final RoomId room = stage.open();

  @AfterEach
  void close() {
    await(stage.counters.close());
    server.close();
  }

  @Test
  void likesAndVisitsAreRefusedAtOnceAndGoOnLater() {
    stage.like(room, "ada", 5);
    stage.visit(room, enter("ada"));
    server.kill();
    stage.like(room, "ada", 1);

    long begun = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(stage.like(room, "bob", 1)).isEqualTo(UNAVAILABLE);
      assertThat(stage.visit(room, enter("bob"))).isEqualTo(UNAVAILABLE);
    }
    assertThat(since(begun)).isLessThan(Duration.ofSeconds(2));
    assertThat(stage.counting.waiting()).isZero();
    server.startAgain();
    stage.awaitReached();

    assertThat(stage.like(room, "bob", 2)).isEqualTo(Answer.of(2));
    assertThat(stage.visit(room, enter("bob"))).isEqualTo(Answer.of(1));
    assertThat(stage.counted(room)).isEqualTo(new Tally(2, 7, 2, 2));
  }

  @Test
  void whatWasNotToldIsToldAndKeptWhenRedisIsBack() {
    stage.like(room, "ada", 5);
    server.kill();
    stage.like(room, "ada", 1);
    assertThat(stage.on(stage.counting::tallies).rooms()).isEmpty();
    assertThat(stage.counting.untold()).isEqualTo(1);
    server.startAgain();
    stage.awaitReached();

    assertThat(stage.on(stage.counting::tallies).rooms())
        .extracting(RoomTally::likes)
        .containsExactly(5L);
    stage.on(stage.counting::keep);

    assertThat(stage.kept(room).likes()).isEqualTo(5);
  }

  @Test
  void redisThatForgotEverythingGoesOnFromWhatWasKept() {
    stage.like(room, "ada", 50);
    stage.on(stage.counting::tallies);
    stage.on(stage.counting::keep);
    stage.redis("FLUSHALL");

    assertThat(stage.like(room, "bob", 1)).isEqualTo(Answer.of(1));

    assertThat(stage.counted(room).likes()).isEqualTo(51);
  }

  @Test
  void roomThatClosesMeanwhileHasItsExactCountersLater() {
    stage.like(room, "ada", 5);
    stage.visit(room, enter("ada"));
    stage.on(stage.counting::tallies);
    stage.on(stage.counting::keep);
    stage.like(room, "ada", 3);
    server.kill();
    stage.like(room, "ada", 1);

    Room closed = stage.close(room);
    assertThat(closed.state()).isEqualTo(RoomState.CLOSED);
    assertThat(closed.tally()).isEqualTo(new Tally(0, 5, 1, 1));
    assertThatThrownBy(() -> stage.on(stage.counting::keep)).isInstanceOf(LiveException.class);
    server.startAgain();
    stage.awaitReached();
    stage.on(stage.counting::keep);

    assertThat(stage.kept(room)).isEqualTo(new Tally(0, 8, 1, 1));
    assertThat(await(stage.tallies.unsettled(10))).isEmpty();
    assertThat(stage.like(room, "bob", 1)).isEqualTo(Answer.refused(ErrorCode.ROOM_CLOSED));
  }

  @Test
  void roomClosesWithinHalfASecondThoughRedisHangs() {
    stage.like(room, "ada", 5);
    stage.on(stage.counting::tallies);
    stage.on(stage.counting::keep);
    server.pause();

    long begun = System.nanoTime();
    Room closed = stage.close(room);

    assertThat(since(begun)).isLessThan(Duration.ofMillis(900));
    assertThat(closed.tally()).isEqualTo(new Tally(0, 5, 0, 0));
    assertThat(await(stage.tallies.unsettled(10))).containsExactly(room);
    server.goOn();
    stage.awaitReached();
    stage.on(stage.counting::keep);
    assertThat(await(stage.tallies.unsettled(10))).isEmpty();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
