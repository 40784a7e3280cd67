package io.livehall.protocol.push;

/**
 * What may be told to each who looks at something: so much a second. The counters of a quiet hall
 * are told at each tick; in a busy one the ticks get longer, and each tells more.
 */
final class Budget {
  private static final double NANOS = 1e9;

  private final int perSecond;
  private double left;
  private long at;

  Budget(int perSecond, long nanos) {
    this.perSecond = perSecond;
    this.left = perSecond;
    this.at = nanos;
  }

  /** A frame may go when nothing is owed; what it costs beyond the budget is owed from then on. */
  boolean allows(long nanos) {
    fill(nanos);
    return left > 0;
  }

  void spend(int some) {
    left -= some;
  }

  /** How many of so many may go now; they are spent. */
  int take(int wanted, long nanos) {
    fill(nanos);
    int some = (int) Math.min(wanted, left);
    spend(some);
    return some;
  }

  private void fill(long nanos) {
    left = Math.min(perSecond, left + (nanos - at) / NANOS * perSecond);
    at = nanos;
  }
}
