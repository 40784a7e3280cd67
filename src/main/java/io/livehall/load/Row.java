package io.livehall.load;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The viewers of one event loop, and what they share. */
final class Row {
  private static final long CHECK_EVERY_MILLIS = 1000;

  private final Scene scene;
  private final Wire wire;
  private final EventLoop loop;
  private final Random random;
  private final FrameCache frames = new FrameCache();
  private final List<Viewer> viewers = new ArrayList<>();

  Row(Scene scene, Wire wire, EventLoop loop, long seed) {
    this.scene = scene;
    this.wire = wire;
    this.loop = loop;
    this.random = new Random(seed);
  }

  /** From any thread. */
  void begin() {
    loop.scheduleAtFixedRate(
        this::check, CHECK_EVERY_MILLIS, CHECK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From any thread. */
  void run(Runnable work) {
    loop.execute(work);
  }

  void add(Viewer viewer) {
    viewers.add(viewer);
    viewer.open();
  }

  List<Viewer> viewers() {
    return viewers;
  }

  Scene scene() {
    return scene;
  }

  Random random() {
    return random;
  }

  FrameCache frames() {
    return frames;
  }

  Link open(Visit visit) {
    return wire.open(loop, visit.place().push(), visit);
  }

  void later(long millis, Runnable work) {
    loop.schedule(work, millis, TimeUnit.MILLISECONDS);
  }

  private void check() {
    long now = System.nanoTime();
    viewers.forEach(viewer -> viewer.check(now));
  }
}
