package io.livehall.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long SECOND = 1_000_000_000;
  private static final long BEGIN = Long.MAX_VALUE - 3; // the clock may go round

  private final Breaker breaker = new Breaker();

  @Test
  void fewFailuresInARowLeaveItOpen() {
    for (int i = 0; i < 9; i++) {
      breaker.failed(BEGIN);
    }
    assertThat(breaker.isOpen(BEGIN)).isTrue();
    breaker.succeeded();
    for (int i = 0; i < 9; i++) {
      breaker.failed(BEGIN);
    }
    assertThat(breaker.isOpen(BEGIN)).isTrue();
  }

  @Test
  void manyShutItForAWhileAndThenOneFindsOut() {
    shut();
    assertThat(breaker.isOpen(BEGIN + 4 * SECOND)).isFalse();

    assertThat(breaker.isOpen(BEGIN + 5 * SECOND)).isTrue();
    assertThat(breaker.isOpen(BEGIN + 6 * SECOND)).isFalse();
    breaker.succeeded();

    assertThat(breaker.isOpen(BEGIN + 6 * SECOND)).isTrue();
    assertThat(breaker.isOpen(BEGIN + 6 * SECOND)).isTrue();
  }

  @Test
  void whoFindsThatItFailsStillShutsItAgain() {
    shut();
    assertThat(breaker.isOpen(BEGIN + 5 * SECOND)).isTrue();
    breaker.failed(BEGIN + 6 * SECOND);

    assertThat(breaker.isOpen(BEGIN + 10 * SECOND)).isFalse();
    assertThat(breaker.isOpen(BEGIN + 11 * SECOND)).isTrue();
  }

  private void shut() {
    for (int i = 0; i < 10; i++) {
      breaker.failed(BEGIN);
    }
  }
}
