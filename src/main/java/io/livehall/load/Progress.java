package io.livehall.load;

import io.livehall.load.Tally.Count;
import io.livehall.load.Tally.Time;
import java.util.List;
import java.util.Locale;

/** The line that is printed every few seconds: what happened since the last one. */
final class Progress {
  private static final List<Time> CHANGES = List.of(Time.LISTED, Time.EDITED, Time.CLOSED);

  private final Scene scene;
  private final Audience audience;
  private final Tally tally;
  private final long begunNanos = System.nanoTime();
  private long lastNanos = begunNanos;
  private long lastFrames;
  private Histogram.Counts lastTimes;

  Progress(Scene scene, Audience audience) {
    this.scene = scene;
    this.audience = audience;
    this.tally = scene.tally();
    this.lastTimes = times();
  }

  String line() {
    long now = System.nanoTime();
    long frames = tally.count(Count.FRAMES);
    Histogram.Counts times = times();
    Histogram.Counts since = times.since(lastTimes);
    int right = scene.right().get();
    String line =
        String.format(
            Locale.ROOT,
            "%5d s  viewers %,d  away %,d  deliveries/s %,.0f  list change p50 %.0f ms p99 %.0f ms"
                + "  resyncs %,d  wrong %,d  rooms %,d",
            (now - begunNanos) / 1_000_000_000,
            right,
            audience.size() - right,
            (frames - lastFrames) * 1e9 / Math.max(1, now - lastNanos),
            since.millis(0.5),
            since.millis(0.99),
            tally.count(Count.RESYNCS),
            tally.wrong(),
            scene.stage().size());
    lastNanos = now;
    lastFrames = frames;
    lastTimes = times;
    return line;
  }

  private Histogram.Counts times() {
    Histogram.Counts sum = new Histogram().counts();
    for (Time change : CHANGES) {
      sum = sum.and(tally.time(change).counts());
    }
    return sum;
  }
}
