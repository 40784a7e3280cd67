package io.livehall.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
  private static final long SECOND = 1_000_000_000;
  private static final long BEGIN = -7;

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 300})
  void neverMoreInASecondThanTheLimitAndATenthMore(int perSecond) {
    var limit = new RateLimit(perSecond);
    int let = 0;
    for (long now = BEGIN; now < BEGIN + 10 * SECOND; now += SECOND / 1_000) {
      let += limit.reserve(now, 0) == 0 ? 1 : 0;
    }
    assertThat(let).isBetween(10 * perSecond, 10 * perSecond + Math.max(1, perSecond / 10));
  }

  @Test
  void whoMayWaitHasHisTurnOneAfterTheOther() {
    var limit = new RateLimit(10);

    assertThat(limit.reserve(BEGIN, SECOND)).isZero();
    assertThat(limit.reserve(BEGIN, SECOND)).isEqualTo(SECOND / 10);
    assertThat(limit.reserve(BEGIN, SECOND)).isEqualTo(2 * SECOND / 10);
  }

  @Test
  void whoWouldWaitTooLongTakesNoTurn() {
    var limit = new RateLimit(10);
    limit.reserve(BEGIN, 0);

    for (int i = 0; i < 100; i++) {
      assertThat(limit.reserve(BEGIN, SECOND / 20)).isEqualTo(-1);
    }
    assertThat(limit.reserve(BEGIN + SECOND / 10, 0)).isZero();
  }

  @Test
  void whatWasNotUsedIsNotSavedUpBeyondATenthOfASecond() {
    var limit = new RateLimit(100);
    limit.reserve(BEGIN, 0);

    int let = 0;
    while (limit.reserve(BEGIN + 60 * SECOND, 0) == 0) {
      let++;
    }
    assertThat(let).isEqualTo(10);
  }
}
