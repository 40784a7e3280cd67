package io.livehall.load;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Times, counted in buckets that are at most 1.6 % wide; from a microsecond to an hour, what is
 * beyond is counted at that end. Any thread may add.
 */
final class Histogram {
  private static final int STEP_BITS = 6;
  private static final int STEPS = 1 << STEP_BITS;
  private static final long MICROS_MAX = 3_600_000_000L;
  private static final int BUCKETS = indexOf(MICROS_MAX) + 1;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  void addNanos(long nanos) {
    long micros = Math.min(MICROS_MAX, Math.max(0, nanos / 1000));
    counts.incrementAndGet(indexOf(micros));
  }

  /** What was counted until now. */
  Counts counts() {
    long[] copy = new long[BUCKETS];
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      copy[i] = counts.get(i);
      all += copy[i];
    }
    return new Counts(copy, all);
  }

  /** A moment of the histogram. */
  static final class Counts {
    private final long[] counts;
    private final long all;

    private Counts(long[] counts, long all) {
      this.counts = counts;
      this.all = all;
    }

    long all() {
      return all;
    }

    Counts since(Counts before) {
      long[] more = counts.clone();
      for (int i = 0; i < more.length; i++) {
        more[i] -= before.counts[i];
      }
      return new Counts(more, all - before.all);
    }

    Counts and(Counts other) {
      long[] both = counts.clone();
      for (int i = 0; i < both.length; i++) {
        both[i] += other.counts[i];
      }
      return new Counts(both, all + other.all);
    }

    /** The time that the given share of all did not exceed, in milliseconds; 0 for none. */
    double millis(double share) {
      long rank = Math.max(1, (long) Math.ceil(all * share));
      long seen = 0;
      for (int i = 0; i < counts.length; i++) {
        seen += counts[i];
        if (seen >= rank) {
          return upperMicros(i) / 1000.0;
        }
      }
      return 0;
    }
  }

  private static int indexOf(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int shift = 63 - Long.numberOfLeadingZeros(micros) - STEP_BITS;
    return ((shift + 1) << STEP_BITS) + (int) ((micros >>> shift) - STEPS);
  }

  private static long upperMicros(int index) {
    if (index < STEPS) {
      return index;
    }
    int shift = (index >>> STEP_BITS) - 1;
    return (((index & (STEPS - 1)) + STEPS + 1L) << shift) - 1;
  }
}
