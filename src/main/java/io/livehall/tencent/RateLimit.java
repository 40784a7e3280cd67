package io.livehall.tencent;

import java.time.Duration;

/**
 * At most so many in a second, spread evenly, after as many at once as are let through in a tenth
 * of a second. Any thread may ask.
 */
final class RateLimit {
  private static final long NANOS = Duration.ofSeconds(1).toNanos();
  private static final int BURSTS_PER_SECOND = 10;

  private final long interval;
  private final long burst;

  /** When the one would begin who came without a burst, nanoseconds of the clock. */
  private long next;

  private boolean isUsed;

  RateLimit(int perSecond) {
    this.interval = NANOS / perSecond;
    this.burst = interval * Math.max(0, perSecond / BURSTS_PER_SECOND - 1);
  }

  /**
   * How long to wait for one's turn, in nanoseconds; -1 where that is longer than {@code waitMax},
   * and then no turn is taken.
   */
  synchronized long reserve(long now, long waitMax) {
    long mine = isUsed ? Math.max(next, now) : now;
    long wait = Math.max(0, mine - now - burst);
    if (wait > waitMax) {
      return -1;
    }
    isUsed = true;
    next = mine + interval;
    return wait;
  }
}
