package io.livehall.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody wants the run to end early. */
final class Stop {
  private final CountDownLatch wanted = new CountDownLatch(1);

  void now() {
    wanted.countDown();
  }

  boolean isWanted() {
    return wanted.getCount() == 0;
  }

  /** Waits, and no longer than until the run is to end; whether it is. */
  boolean pause(Duration time) {
    try {
      return wanted.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
