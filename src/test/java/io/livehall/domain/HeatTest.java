package io.livehall.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatTest {
  private final Random random = new Random(4);

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 1, 16",
    "0, 3, 32",
    "0, 10, 55",
    "1, 0, 55",
    "0, 7, 48",
    "10, 27, 112",
    "100, 1000, 175",
    "100000, 50000, 320"
  })
  void heatIsThatOfTheFormula(long viewers, long recent, long heat) {
    assertThat(Heat.of(viewers, recent)).isEqualTo(heat);
  }

  @Test
  void heatNeverFallsWhenViewersOrLikesAreMore() {
    for (int i = 0; i < 100_000; i++) {
      long viewers = anything();
      long recent = anything();
      long heat = Heat.of(viewers, recent);

      assertThat(Heat.of(viewers + more(viewers), recent)).isGreaterThanOrEqualTo(heat);
      assertThat(Heat.of(viewers, recent + more(recent))).isGreaterThanOrEqualTo(heat);
    }
  }

  @Test
  void heatRisesByOneStepAfterTheOther() {
    long heat = 0;
    for (int likes = 1; likes < 2_000; likes++) {
      long next = Heat.of(0, likes);
      assertThat(next - heat).isBetween(0L, 16L);
      heat = next;
    }
    assertThat(heat).isEqualTo(175);
  }

  @Test
  void twiceTheWorthIsSixteenDegreesMore() {
    for (int i = 0; i < 100_000; i++) {
      long worth = 1 + (anything() >> 2);

      assertThat(Heat.of(0, 2 * worth - 1) - Heat.of(0, worth - 1)).as("%d", worth).isEqualTo(16);
    }
    IntStream.range(0, 62)
        .forEach(i -> assertThat(Heat.of(0, (1L << i) - 1)).as("2^%d", i).isEqualTo(16L * i));
  }

  @Test
  void viewerIsWorthTenLikesOfJustNow() {
    for (int i = 0; i < 10_000; i++) {
      long viewers = random.nextInt(1_000_000);

      assertThat(Heat.of(viewers, 5)).isEqualTo(Heat.of(0, 10 * viewers + 5));
    }
  }

  @Test
  void heatIsFiniteHoweverMuchThereIs() {
    assertThat(Heat.of(Long.MAX_VALUE, Long.MAX_VALUE)).isBetween(1_000L, 1_100L);
    assertThat(Heat.of(0, Long.MAX_VALUE)).isEqualTo(16 * 63);
  }

  @Test
  void whatIsNegativeCountsAsNothing() {
    assertThat(Heat.of(-5, -9)).isZero();
    assertThat(Heat.of(Long.MIN_VALUE, 7)).isEqualTo(Heat.of(0, 7));
    assertThat(Heat.of(7, Long.MIN_VALUE)).isEqualTo(Heat.of(7, 0));
  }

  /** Of every size, up to 62 bits. */
  private long anything() {
    return random.nextLong() >>> (2 + random.nextInt(62));
  }

  private long more(long than) {
    return 1 + (random.nextBoolean() ? 0 : than / (1 + random.nextInt(50)));
  }
}
