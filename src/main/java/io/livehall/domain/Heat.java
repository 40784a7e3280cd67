package io.livehall.domain;

import java.time.Duration;

/**
 * How hot a room is: what the hot order of the list goes by.
 *
 * <pre>
 *   heat = floor(16 * log2(1 + 10 * viewers + recent))
 *   recent(t) = sum over all likes of 2^(-(t - when it was given) / 10 minutes)
 * </pre>
 *
 * So a viewer is worth ten likes of just now, half of what a like gave is gone after ten minutes,
 * and sixteen degrees more are twice the heat. It is counted in degrees, so that a room which cools
 * moves at most every half a minute; of rooms equally hot the newest comes first.
 */
public final class Heat {
  /** After so long a like is worth half. */
  public static final Duration HALF_LIFE = Duration.ofMinutes(10);

  private static final int DEGREES_PER_DOUBLING = 16;
  private static final int LIKES_PER_VIEWER = 10;

  private Heat() {}

  /**
   * @param recent the likes, each for what it is still worth
   */
  public static long of(long viewers, long recent) {
    double worth = 1 + (double) LIKES_PER_VIEWER * Math.max(0, viewers) + Math.max(0, recent);
    return (long) Math.floor(DEGREES_PER_DOUBLING * Math.log(worth) / Math.log(2));
  }
}
