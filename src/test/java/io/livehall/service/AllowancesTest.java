package io.livehall.service;

import static io.livehall.service.Allowances.NONE_FOR_A_WHILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.port.CounterStore.Grant;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllowancesTest {
  private static final long MS = 1_000_000;
  private static final long NOW = -5;
  private static final RoomId ROOM = RoomId.random();
  private static final UserId ADA = new UserId("ada");

  private static final UserId BOB = new UserId("bob");

  private final Allowances allowances = new Allowances(Duration.ofMillis(500));

  @Test
  void whoWasGrantedNothingMustAsk() {
    assertThat(allowances.take(ROOM, ADA, 3, NOW)).isZero();
    assertThat(allowances.takeOwed(ROOM, ADA, NOW)).isZero();
  }

  @Test
  void whoWasNotHeardOfForASecondIsLentOneLike() {
    assertThat(allowances.take(ROOM, ADA, 1, NOW)).isEqualTo(1);
    assertThat(allowances.take(ROOM, ADA, 1, NOW + 999 * MS)).isZero();

    assertThat(allowances.take(ROOM, ADA, 1, NOW + 1_000 * MS)).isEqualTo(1);
  }

  @Test
  void whatWasLentIsOwedOnceByWhoGoesOn() {
    allowances.take(ROOM, ADA, 1, NOW);

    assertThat(allowances.takeOwed(ROOM, BOB, NOW)).isZero();
    assertThat(allowances.takeOwed(ROOM, ADA, NOW + 999 * MS)).isEqualTo(1);
    assertThat(allowances.takeOwed(ROOM, ADA, NOW + 999 * MS)).isZero();
    assertThat(allowances.take(ROOM, ADA, 1, NOW + 999 * MS)).isZero();
  }

  @Test
  void whoDoesNotGoOnOwesNothing() {
    allowances.take(ROOM, ADA, 1, NOW);

    assertThat(allowances.takeOwed(ROOM, ADA, NOW + 1_000 * MS)).isZero();
  }

  @Test
  void whatWasNotGivenInTimeFlowsBackOnceWhenHeIsAskedAbout() {
    allowances.granted(ROOM, ADA, new Grant(1, 10, 0), NOW);
    allowances.take(ROOM, ADA, 3, NOW);
    assertThat(allowances.takeOwed(ROOM, ADA, NOW)).isZero();

    assertThat(allowances.takeOwed(ROOM, ADA, NOW + 500 * MS)).isEqualTo(-7);
    assertThat(allowances.takeOwed(ROOM, ADA, NOW + 500 * MS)).isZero();
  }

  @Test
  void whatWasLentIsOwedAlsoByWhoGetsSomethingBack() {
    allowances.granted(ROOM, ADA, new Grant(1, 10, 0), NOW);

    assertThat(allowances.take(ROOM, ADA, 1, NOW + 600 * MS)).isEqualTo(1);
    assertThat(allowances.take(ROOM, ADA, 1, NOW + 700 * MS)).isZero();
    assertThat(allowances.takeOwed(ROOM, ADA, NOW + 700 * MS)).isEqualTo(-9);
    allowances.granted(ROOM, ADA, new Grant(1, 10, 0), NOW + 700 * MS);

    assertThat(allowances.take(ROOM, ADA, 20, NOW + 700 * MS)).isEqualTo(10);
  }

  @Test
  void whoWasRefusedGetsNothingBack() {
    allowances.granted(ROOM, ADA, new Grant(0, 0, 50), NOW);

    assertThat(allowances.takeOwed(ROOM, ADA, NOW + 50 * MS)).isZero();
    assertThat(allowances.take(ROOM, ADA, 1, NOW + 50 * MS)).isEqualTo(1);
    assertThat(allowances.takeOwed(ROOM, ADA, NOW + 50 * MS)).isEqualTo(1);
  }

  @Test
  void whatWasLentWhileAnAnswerWasOnItsWayIsStillOwed() {
    allowances.take(ROOM, ADA, 1, NOW);
    allowances.granted(ROOM, ADA, new Grant(5, 10, 0), NOW);

    assertThat(allowances.take(ROOM, ADA, 3, NOW)).isEqualTo(3);
    assertThat(allowances.takeOwed(ROOM, ADA, NOW)).isEqualTo(1);
    assertThat(allowances.take(ROOM, ADA, 20, NOW)).isEqualTo(7);
  }

  @Test
  void whatWasGrantedIsGivenOnceAndTheRestMustBeAskedFor() {
    allowances.granted(ROOM, ADA, new Grant(1, 10, 0), NOW);

    assertThat(allowances.take(ROOM, ADA, 7, NOW)).isEqualTo(7);
    assertThat(allowances.take(ROOM, ADA, 7, NOW)).isEqualTo(3);
    assertThat(allowances.take(ROOM, ADA, 7, NOW)).isZero();
  }

  @Test
  void grantIsOfOneUserAndOneRoom() {
    allowances.granted(ROOM, ADA, new Grant(1, 10, 0), NOW);

    assertThat(allowances.take(RoomId.random(), ADA, 2, NOW)).isZero();
    assertThat(allowances.take(ROOM, BOB, 2, NOW)).isZero();
    assertThat(allowances.take(ROOM, ADA, 1, NOW)).isEqualTo(1);
  }

  @Test
  void grantIsGoodForItsTime() {
    allowances.granted(ROOM, ADA, new Grant(1, 10, 0), NOW);

    assertThat(allowances.take(ROOM, ADA, 1, NOW + 499 * MS)).isEqualTo(1);
    assertThat(allowances.take(ROOM, ADA, 2, NOW + 500 * MS)).isZero();
  }

  @Test
  void whoWasRefusedIsRefusedUntilThereWillBeOneMore() {
    allowances.granted(ROOM, ADA, new Grant(0, 0, 50), NOW);

    assertThat(allowances.take(ROOM, ADA, 1, NOW + 49 * MS)).isEqualTo(NONE_FOR_A_WHILE);
    assertThat(allowances.take(ROOM, ADA, 2, NOW + 50 * MS)).isZero();
  }

  @Test
  void aGrantEndsARefusal() {
    allowances.granted(ROOM, ADA, new Grant(0, 0, 50), NOW);
    allowances.granted(ROOM, ADA, new Grant(2, 4, 0), NOW);

    assertThat(allowances.take(ROOM, ADA, 9, NOW)).isEqualTo(4);
  }

  @Test
  void grantsThatWereAskedForAtTheSameTimeAddUpWhateverTheLastWas() {
    allowances.granted(ROOM, ADA, new Grant(1, 10, 0), NOW);
    allowances.granted(ROOM, ADA, new Grant(1, 4, 0), NOW);
    allowances.granted(ROOM, ADA, new Grant(0, 0, 50), NOW);

    assertThat(allowances.take(ROOM, ADA, 20, NOW)).isEqualTo(14);
  }

  @Test
  void whoGotTheLastOfHisLikesAsksAgain() {
    allowances.granted(ROOM, ADA, new Grant(3, 0, 0), NOW);

    assertThat(allowances.take(ROOM, ADA, 1, NOW)).isZero();
  }

  @Test
  void ofVeryManyTheOldestAreForgotten() {
    for (int i = 0; i < 1_000_000; i++) {
      allowances.granted(ROOM, new UserId("u" + i), new Grant(1, 10, 0), NOW + i * MS / 1_000);
    }

    long now = NOW + 499 * MS;
    assertThat(known(0, 1_000, now)).isZero();
    assertThat(known(500_000, 501_000, now)).isLessThan(500);
    assertThat(known(999_000, 1_000_000, now)).isEqualTo(1_000);
  }

  private long known(int from, int to, long now) {
    return IntStream.range(from, to)
        .filter(i -> allowances.take(ROOM, new UserId("u" + i), 2, now) == 2)
        .count();
  }
}
