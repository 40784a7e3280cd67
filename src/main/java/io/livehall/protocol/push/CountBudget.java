package io.livehall.protocol.push;

/**
 * What the counters of one view may cost each who looks at it: some bytes a second. In a quiet hall
 * they are told at each tick; in a busy one the ticks get longer, and each tells more.
 */
final class CountBudget {
  private static final double NANOS = 1e9;

  private final int bytesPerSecond;
  private double bytes;
  private long at;

  CountBudget(int bytesPerSecond, long nanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.bytes = bytesPerSecond;
    this.at = nanos;
  }

  /** A frame may go when nothing is owed; what it costs beyond the budget is owed from then on. */
  boolean allows(long nanos) {
    bytes = Math.min(bytesPerSecond, bytes + (nanos - at) / NANOS * bytesPerSecond);
    at = nanos;
    return bytes > 0;
  }

  void spend(int frameBytes) {
    bytes -= frameBytes;
  }
}
