package io.livehall.verticle;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Says of each kind of trouble at most one line a second, and how many it left out: a stranger who
 * floods us must not flood the log. Belongs to one event loop; the kinds are few.
 */
final class SeldomLog {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Logger log;
  private final LongSupplier nanos;
  private final Map<String, Kind> kinds = new HashMap<>();

  private static final class Kind {
    private long nextAt;
    private int leftOut;

    private Kind(long nextAt) {
      this.nextAt = nextAt;
    }
  }

  SeldomLog(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
  }

  void warn(String kind, String detail) {
    long now = nanos.getAsLong();
    Kind seen = kinds.computeIfAbsent(kind, name -> new Kind(now));
    if (now - seen.nextAt < 0) {
      seen.leftOut++;
      return;
    }
    log.warn("{} {} leftOut={}", kind, detail, seen.leftOut);
    seen.nextAt = now + PAUSE_NANOS;
    seen.leftOut = 0;
  }
}
