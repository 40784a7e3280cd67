package io.livehall.bench;

import java.util.Arrays;
import java.util.List;

/** What many rounds come to. */
final class Medians {
  private Medians() {}

  static double median(List<Double> values) {
    double[] sorted = sorted(values);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The smallest value that so many percent of all do not exceed. */
  static double percentile(List<Double> values, int percent) {
    double[] sorted = sorted(values);
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
  }

  private static double[] sorted(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no rounds");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
