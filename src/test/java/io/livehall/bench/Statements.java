package io.livehall.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many statements a node has sent to the database, as its own metrics say. Its timers send some
 * each second: all of them are due at multiples of a second, so that what any ten seconds hold is
 * the same, if they begin at a moment when no timer is due.
 */
final class Statements {
  /** Of all the periods of a node's timers that ask the database. */
  static final long PERIOD_MS = 10_000;

  private static final long SECOND_MS = 1_000;
  private static final long LOOK_EVERY_MS = 20;
  private static final Pattern COUNT =
      Pattern.compile("(?m)^vertx_sql_processing_time_seconds_count(?:\\{[^}]*})? ([0-9.E+]+)$");

  private final PlainHttp ops;

  Statements(PlainHttp ops) {
    this.ops = ops;
  }

  long count() throws IOException {
    Matcher counts = COUNT.matcher(ops.get("/metrics"));
    double all = -1;
    while (counts.find()) {
      all = Math.max(all, 0) + Double.parseDouble(counts.group(1));
    }
    if (all < 0) {
      throw new IllegalStateException("the node's metrics do not count statements");
    }
    return (long) all;
  }

  /** The millisecond of the second that is furthest from all timers. */
  long quietPhase() throws IOException, InterruptedException {
    List<Long> busy = new ArrayList<>();
    long before = count();
    for (long end = now() + PERIOD_MS; now() < end; ) {
      Thread.sleep(LOOK_EVERY_MS);
      long count = count();
      if (count != before) {
        busy.add(now() % SECOND_MS);
      }
      before = count;
    }
    if (busy.isEmpty()) {
      throw new IllegalStateException("the node asked the database nothing in ten seconds");
    }
    return middleOfWidestGap(busy);
  }

  /** Waits until the second is at that millisecond, and counts. */
  long countAt(long phase) throws IOException, InterruptedException {
    Thread.sleep(Math.floorMod(phase - now(), SECOND_MS));
    return count();
  }

  private static long middleOfWidestGap(List<Long> phases) {
    Collections.sort(phases);
    long last = phases.get(phases.size() - 1) - SECOND_MS;
    long widest = 0;
    long middle = 0;
    for (long phase : phases) {
      if (phase - last > widest) {
        widest = phase - last;
        middle = last + widest / 2;
      }
      last = phase;
    }
    return Math.floorMod(middle, SECOND_MS);
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
