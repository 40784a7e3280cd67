package io.livehall.tencent;

import java.time.Duration;

/**
 * Spares a cloud that does not answer, and those who wait for it: after some failures in a row
 * nobody is let through for a while, and then one, who finds out. Any thread may ask.
 */
final class Breaker {
  private static final int FAILURES_MAX = 10;
  private static final long SHUT_FOR = Duration.ofSeconds(5).toNanos();

  private int failures;
  private long shutSince;
  private boolean isProbed;

  /** Who is let through must say what came of it. */
  synchronized boolean isOpen(long now) {
    if (failures < FAILURES_MAX) {
      return true;
    }
    if (isProbed || now - shutSince < SHUT_FOR) {
      return false;
    }
    isProbed = true;
    return true;
  }

  synchronized void succeeded() {
    failures = 0;
    isProbed = false;
  }

  synchronized void failed(long now) {
    failures = Math.min(FAILURES_MAX, failures + 1);
    isProbed = false;
    shutSince = now;
  }
}
