package io.livehall.load;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How late viewers learn that a room is closed. They may know before the host has his answer, which
 * says when it was: so moments wait here, 100,000 at most; more are not timed. Any thread may call.
 */
final class Closing {
  private static final int WAITING_MAX = 100_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private long closedAt;
  private long[] waiting = {};
  private int count;
  private @Nullable Histogram waitingFor;

  synchronized void seen(long epochMillis, Histogram times) {
    if (closedAt != 0) {
      times.addNanos((epochMillis - closedAt) * NANOS_PER_MILLI);
      return;
    }
    if (count < WAITING_MAX) {
      if (count == waiting.length) {
        waiting = Arrays.copyOf(waiting, Math.max(16, count * 2));
      }
      waiting[count++] = epochMillis;
      waitingFor = times;
    }
  }

  synchronized void answered(long epochMillis) {
    closedAt = epochMillis;
    for (int i = 0; i < count; i++) {
      if (waitingFor != null) {
        waitingFor.addNanos((waiting[i] - closedAt) * NANOS_PER_MILLI);
      }
    }
    waiting = new long[0];
    count = 0;
  }
}
