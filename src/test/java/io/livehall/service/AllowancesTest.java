package io.livehall.service;

import static io.livehall.service.Allowances.NONE_FOR_A_WHILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.port.CounterStore.Grant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowancesTest {
  private static final long MS = 1_000_000;
  private static final long NOW = -5;
  private static final RoomId ROOM = RoomId.random();
  private static final UserId ADA = new UserId("ada");

  private final Allowances allowances = new Allowances(Duration.ofMillis(500));

  @Test
  void whoWasGrantedNothingMustAsk() {
    assertThat(allowances.take(ROOM, ADA, 3, NOW)).isZero();
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

    assertThat(allowances.take(RoomId.random(), ADA, 1, NOW)).isZero();
    assertThat(allowances.take(ROOM, new UserId("bob"), 1, NOW)).isZero();
    assertThat(allowances.take(ROOM, ADA, 1, NOW)).isEqualTo(1);
  }

  @Test
  void grantIsGoodForItsTime() {
    allowances.granted(ROOM, ADA, new Grant(1, 10, 0), NOW);

    assertThat(allowances.take(ROOM, ADA, 1, NOW + 499 * MS)).isEqualTo(1);
    assertThat(allowances.take(ROOM, ADA, 1, NOW + 500 * MS)).isZero();
    assertThat(allowances.take(ROOM, ADA, 1, NOW)).isZero();
  }

  @Test
  void whoWasRefusedIsRefusedUntilThereWillBeOneMore() {
    allowances.granted(ROOM, ADA, new Grant(0, 0, 50), NOW);

    assertThat(allowances.take(ROOM, ADA, 1, NOW + 49 * MS)).isEqualTo(NONE_FOR_A_WHILE);
    assertThat(allowances.take(ROOM, ADA, 1, NOW + 50 * MS)).isZero();
  }

  @Test
  void refusalTakesThePlaceOfAnOlderGrantAndTheOtherWayRound() {
    allowances.granted(ROOM, ADA, new Grant(1, 10, 0), NOW);
    allowances.granted(ROOM, ADA, new Grant(0, 0, 50), NOW);
    assertThat(allowances.take(ROOM, ADA, 1, NOW)).isEqualTo(NONE_FOR_A_WHILE);

    allowances.granted(ROOM, ADA, new Grant(2, 4, 0), NOW);

    assertThat(allowances.take(ROOM, ADA, 9, NOW)).isEqualTo(4);
  }

  @Test
  void whoGotTheLastOfHisLikesAsksAgain() {
    allowances.granted(ROOM, ADA, new Grant(3, 0, 0), NOW);

    assertThat(allowances.take(ROOM, ADA, 1, NOW)).isZero();
  }

  @Test
  void ofVeryManyTheOldestAreForgotten() {
    for (int i = 0; i <= 200_000; i++) {
      allowances.granted(ROOM, new UserId("u" + i), new Grant(1, 10, 0), NOW);
    }

    assertThat(allowances.take(ROOM, new UserId("u0"), 1, NOW)).isZero();
    assertThat(allowances.take(ROOM, new UserId("u1"), 1, NOW)).isEqualTo(1);
    assertThat(allowances.take(ROOM, new UserId("u200000"), 1, NOW)).isEqualTo(1);
  }
}
