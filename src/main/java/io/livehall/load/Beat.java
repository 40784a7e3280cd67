package io.livehall.load;

/** Makes something happen so many times a second, evenly; what was missed is made up for. */
final class Beat {
  private static final int AT_ONCE_MAX = 1000;

  private final double perNano;
  private long lastNanos = System.nanoTime();
  private double due;

  Beat(double perSecond) {
    this.perNano = perSecond / 1e9;
  }

  /** Does it as many times as it is due, 1000 times at most. */
  void due(Runnable deed) {
    long now = System.nanoTime();
    due = Math.min(AT_ONCE_MAX, due + (now - lastNanos) * perNano);
    lastNanos = now;
    for (; due >= 1; due--) {
      deed.run();
    }
  }
}
