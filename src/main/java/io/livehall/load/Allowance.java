package io.livehall.load;

/** How much of something a client may send: so much at once, and so much a second after that. */
final class Allowance {
  private final double atOnce;
  private final double perNano;
  private double left;
  private long nanos;

  Allowance(double atOnce, double perSecond, long nanos) {
    this.atOnce = atOnce;
    this.perNano = perSecond / 1e9;
    this.left = atOnce;
    this.nanos = nanos;
  }

  /** Whether one may be sent now; then it is counted as sent. */
  boolean take(long now) {
    left = Math.min(atOnce, left + (now - nanos) * perNano);
    nanos = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
