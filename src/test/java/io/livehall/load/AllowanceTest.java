package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllowanceTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void letsSoMuchAtOnceAndThenAsTimeGoesBy() {
    var allowance = new Allowance(2, 1, 0);

    assertThat(allowance.take(0)).isTrue();
    assertThat(allowance.take(0)).isTrue();
    assertThat(allowance.take(SECOND / 2)).isFalse();
    assertThat(allowance.take(SECOND)).isTrue();
    assertThat(allowance.take(SECOND)).isFalse();
  }

  @Test
  void savesNoMoreThanThatUp() {
    var allowance = new Allowance(2, 1, 0);

    assertThat(allowance.take(100 * SECOND)).isTrue();
    assertThat(allowance.take(100 * SECOND)).isTrue();
    assertThat(allowance.take(100 * SECOND)).isFalse();
  }
}
