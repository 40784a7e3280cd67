package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Histogram histogram = new Histogram();

  @Test
  void sharesAreRightToTwoPercent() {
    for (int millis = 1; millis <= 1000; millis++) {
      histogram.addNanos(millis * NANOS_PER_MILLI);
    }

    Histogram.Counts counts = histogram.counts();
    assertThat(counts.all()).isEqualTo(1000);
    assertThat(counts.millis(0.5)).isCloseTo(500, Percentage.withPercentage(2));
    assertThat(counts.millis(0.99)).isCloseTo(990, Percentage.withPercentage(2));
    assertThat(counts.millis(1)).isCloseTo(1000, Percentage.withPercentage(2));
  }

  @Test
  void aTimeIsNeverShownShorterThanItWas() {
    var random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long micros = random.nextLong(1L << random.nextInt(1, 32));
      var one = new Histogram();
      one.addNanos(micros * 1000);

      assertThat(one.counts().millis(1))
          .isBetween(micros / 1000.0, micros / 1000.0 * 1.016 + 0.001);
    }
  }

  @Test
  void whatIsBeyondIsCountedAtTheEnd() {
    histogram.addNanos(-5);
    histogram.addNanos(Long.MAX_VALUE);

    assertThat(histogram.counts().millis(0.5)).isZero();
    assertThat(histogram.counts().millis(1)).isCloseTo(3_600_000, within(60_000.0));
  }

  @Test
  void tellsWhatCameSince() {
    histogram.addNanos(NANOS_PER_MILLI);
    Histogram.Counts before = histogram.counts();
    histogram.addNanos(9 * NANOS_PER_MILLI);

    Histogram.Counts since = histogram.counts().since(before);
    assertThat(since.all()).isEqualTo(1);
    assertThat(since.millis(0.5)).isCloseTo(9, Percentage.withPercentage(2));
    assertThat(since.and(before).all()).isEqualTo(2);
  }

  @Test
  void nothingTakesNoTime() {
    assertThat(histogram.counts().millis(0.99)).isZero();
  }
}
