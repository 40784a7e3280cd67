package io.livehall.protocol.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long BEGIN = Long.MAX_VALUE - SECOND; // such a clock may run over

  private final Budget budget = new Budget(100, BEGIN);

  @Test
  void whatWasNotSpentMayBeSpentAtOnce() {
    assertThat(budget.allows(BEGIN)).isTrue();
    budget.spend(60);
    assertThat(budget.allows(BEGIN)).isTrue();
    budget.spend(40);
    assertThat(budget.allows(BEGIN)).isFalse();
  }

  @Test
  void whatAFrameCostsBeyondItIsOwed() {
    budget.spend(350);

    assertThat(budget.allows(BEGIN + 2 * SECOND)).isFalse();
    assertThat(budget.allows(BEGIN + 5 * SECOND / 2)).isFalse();
    assertThat(budget.allows(BEGIN + 5 * SECOND / 2 + SECOND / 50)).isTrue();
  }

  @Test
  void aLongSilenceSavesNoMoreThanASecond() {
    assertThat(budget.allows(BEGIN + 3_600 * SECOND)).isTrue();
    budget.spend(100);

    assertThat(budget.allows(BEGIN + 3_600 * SECOND)).isFalse();
  }

  @Test
  void ofSoManyAsManyMayGoAsAreLeft() {
    assertThat(budget.take(60, BEGIN)).isEqualTo(60);
    assertThat(budget.take(60, BEGIN)).isEqualTo(40);
    assertThat(budget.take(60, BEGIN)).isZero();
    assertThat(budget.take(60, BEGIN + SECOND / 4)).isEqualTo(25);
    assertThat(budget.take(0, BEGIN + SECOND)).isZero();
    assertThat(budget.take(Integer.MAX_VALUE, BEGIN + 10 * SECOND)).isEqualTo(100);
  }

  @Test
  void askingDoesNotSpend() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(budget.allows(BEGIN)).isTrue();
    }
  }
}
