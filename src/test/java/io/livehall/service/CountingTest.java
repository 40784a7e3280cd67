package io.livehall.service;

import static io.livehall.TestStores.await;
import static io.livehall.service.CountingStage.enter;
import static io.livehall.service.CountingStage.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.service.Counter.Answer;
import io.livehall.service.port.TallyStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How likes and visits are answered. */
class CountingTest {
  private final CountingStage stage = new CountingStage();
  private final RoomId room = stage.open();

  @Test
  void whatArrivesTogetherIsAnsweredEachForItself() {
    RoomId other = stage.open();

    List<Answer> answers =
        stage.like(
            of(room, "ada", 20),
            of(other, "bob", 3),
            of(other, "ada", 1),
            of(room, "bob", 2),
            of(room, "ada", 5));

    assertThat(answers)
        .containsExactly(Answer.of(20), Answer.of(3), Answer.of(1), Answer.of(2), Answer.of(5));
    assertThat(stage.counted(room).likes()).isEqualTo(27);
    assertThat(stage.counted(other).likes()).isEqualTo(4);
  }

  @Test
  void userGetsAllThatHeMayAtOnceInWhateverPortions() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      answers.add(stage.like(room, "ada", 20));
    }
    for (int i = 0; i < 16; i++) {
      answers.add(stage.like(room, "bob", 7));
    }

    Answer refused = Answer.refused(ErrorCode.RATE_LIMITED);
    assertThat(answers.subList(0, 7))
        .containsExactly(
            Answer.of(20),
            Answer.of(20),
            Answer.of(20),
            Answer.of(20),
            Answer.of(20),
            refused,
            refused);
    assertThat(answers.subList(7, 21)).containsOnly(Answer.of(7));
    assertThat(answers.subList(21, 23)).containsExactly(Answer.of(2), refused);
    assertThat(stage.counted(room).likes()).isEqualTo(200);
  }

  @Test
  void likesGivenOneByOneComeOutOfTheSameBucket() {
    long begun = System.nanoTime();
    long counted = 0;
    for (int i = 0; i < 150; i++) {
      counted += stage.like(room, "ada", 1).equals(Answer.of(1)) ? 1 : 0;
    }

    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat((double) counted).isBetween(100.0, 100 + 20 * seconds + 1);
    assertThat(stage.counted(room).likes()).isEqualTo(counted);
  }

  @Test
  void whatIsLeftIsGivenInTheOrderOfAskingAndTheRestRefused() {
    IntStream.range(0, 4).forEach(i -> stage.like(room, "ada", 20));

    List<Answer> answers =
        stage.like(
            of(room, "bob", 1),
            of(room, "ada", 15),
            of(room, "ada", 15),
            of(room, "ada", 1),
            of(room, "eve", 1));

    assertThat(answers)
        .containsExactly(
            Answer.of(1),
            Answer.of(15),
            Answer.of(5),
            Answer.refused(ErrorCode.RATE_LIMITED),
            Answer.of(1));
    assertThat(stage.counted(room).likes()).isEqualTo(102);
  }

  @Test
  void roomThatRedisLostGoesOnFromWhatWasKept() {
    await(stage.tallies.save(Map.of(room, new Tally(3, 900, 40, 70))));

    assertThat(stage.like(room, "ada", 5)).isEqualTo(Answer.of(5));
    assertThat(stage.visit(room, enter("ada"))).isEqualTo(Answer.of(1));

    assertThat(stage.counted(room)).isEqualTo(new Tally(1, 905, 40, 71));
  }

  @Test
  void roomThatRedisLostGoesOnFromWhatWasShownIfThatIsMore() {
    RoomId other = stage.open();
    await(
        stage.tallies.save(Map.of(room, new Tally(0, 900, 0, 0), other, new Tally(0, 900, 0, 0))));
    CountingStage.show(stage.listing, Map.of(room, 950L, other, 850L));

    stage.like(room, "ada", 5);
    stage.like(other, "ada", 5);

    assertThat(stage.counted(room).likes()).isEqualTo(955);
    assertThat(stage.counted(other).likes()).isEqualTo(905);
  }

  @Test
  void closedAndUnknownRoomsAreRefusedAndTheOthersCounted() {
    RoomId closed = stage.open();
    stage.close(closed);
    RoomId fresh = stage.open();
    stage.like(room, "bob", 1);

    List<Answer> answers =
        stage.like(
            of(closed, "ada", 1),
            of(room, "ada", 2),
            of(RoomId.random(), "ada", 1),
            of(fresh, "ada", 3));

    assertThat(answers)
        .containsExactly(
            Answer.refused(ErrorCode.ROOM_CLOSED),
            Answer.of(2),
            Answer.refused(ErrorCode.ROOM_NOT_FOUND),
            Answer.of(3));
    assertThat(stage.visit(closed, enter("ada"))).isEqualTo(Answer.refused(ErrorCode.ROOM_CLOSED));
  }

  @Test
  void roomThatWasSealedAndDidNotCloseIsCountedAgainAfterAWhile() {
    stage.like(room, "ada", 5);
    await(stage.counters.seal(Set.of(room)));

    assertThat(stage.like(room, "ada", 1)).isEqualTo(Answer.refused(ErrorCode.UNAVAILABLE));
    stage.redis("HINCRBY", "live:{" + room + "}:n", "sealedAt", -11);

    assertThat(stage.like(room, "bob", 2)).isEqualTo(Answer.of(2));
    assertThat(stage.counted(room).likes()).isEqualTo(7);
  }

  @Test
  void moreThanMayWaitIsRefused() {
    var silent = new SilentTallies();
    LikeCounter counter = stage.likes(stage.counters, silent, stage.counting);
    List<Future<Integer>> answers = new ArrayList<>();

    stage.on(
        () -> {
          IntStream.range(0, 8_001).forEach(i -> answers.add(counter.take(of(room, "u" + i, 1))));
          assertThat(counter.waiting()).isEqualTo(8_000);
          return Future.succeededFuture();
        });

    assertThat(answers.get(8_000).cause())
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(answers.subList(0, 8_000)).noneMatch(Future::isComplete);
    silent.asked.complete(Map.of());
    await(Future.join(answers.subList(0, 8_000)).otherwiseEmpty());
    assertThat(counter.waiting()).isZero();
  }

  @Test
  void databaseThatIsSilentHoldsUpOnlyRoomsThatAreNotCountedYetAndThoseNotForLong() {
    stage.like(room, "ada", 1);
    LikeCounter counter = stage.likes(stage.counters, new SilentTallies(), stage.counting);
    RoomId fresh = stage.open();

    long begun = System.nanoTime();
    List<Answer> answers =
        stage.on(
            () ->
                CountingStage.join(
                    List.of(counter.take(of(fresh, "ada", 1)), counter.take(of(room, "bob", 2)))));

    assertThat(answers).containsExactly(Answer.refused(ErrorCode.UNAVAILABLE), Answer.of(2));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    assertThat(stage.counted(room).likes()).isEqualTo(3);
  }

  /** A database that hangs until a test lets it answer. */
  private final class SilentTallies implements TallyStore {
    final Promise<Map<RoomId, Kept>> asked = Promise.promise();

    @Override
    public Future<Map<RoomId, Kept>> find(Collection<RoomId> rooms) {
      return asked.future();
    }

    @Override
    public Future<Void> save(Map<RoomId, Tally> tallies) {
      return Promise.<Void>promise().future();
    }

    @Override
    public Future<List<RoomId>> unsettled(int limit) {
      return Promise.<List<RoomId>>promise().future();
    }

    @Override
    public Future<Void> settle(Map<RoomId, Tally> tallies, Collection<RoomId> rooms) {
      return Promise.<Void>promise().future();
    }
  }
}
