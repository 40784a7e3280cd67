package io.livehall.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * All viewers. They come at the rate that was asked for, at most 500 being on their way in at any
 * time.
 */
final class Audience {
  private static final int ON_THE_WAY_MAX = 500;
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration LATE_BY_MAX = Duration.ofSeconds(30);
  private static final int GATHER_SECONDS_MAX = 10;

  private final Scene scene;
  private final List<Row> rows = new ArrayList<>();
  private final List<Viewer> viewers = new ArrayList<>();
  private final Random random;

  Audience(Scene scene, Wire wire) {
    this.scene = scene;
    long seed = scene.options().run().seed();
    this.random = new Random(seed);
    wire.loops().forEach(loop -> rows.add(new Row(scene, wire, loop, seed + rows.size())));
    rows.forEach(Row::begin);
  }

  /**
   * Opens all, and waits until they have their view, or until they are 30 s late, or the run is
   * stopped.
   *
   * @param tokenOf of a viewer by his number; null for nobody in particular
   */
  void open(IntFunction<@Nullable String> tokenOf, Stop stop) {
    LoadOptions.Viewers wanted = scene.options().viewers();
    double perStep = wanted.opensPerSecond() * STEP.toMillis() / 1000.0;
    double due = 0;
    long end =
        System.nanoTime()
            + LATE_BY_MAX.toNanos()
            + TimeUnit.SECONDS.toNanos(wanted.count() / wanted.opensPerSecond());
    while (scene.right().get() < wanted.count() && System.nanoTime() < end && !stop.pause(STEP)) {
      int room = ON_THE_WAY_MAX - (viewers.size() - scene.right().get());
      due = Math.min(due + perStep, Math.max(0, room));
      for (; due >= 1 && viewers.size() < wanted.count(); due--) {
        add(tokenOf.apply(viewers.size()));
      }
    }
  }

  int size() {
    return viewers.size();
  }

  /** A viewer, any of them, does something on his own loop. */
  void anyone(Consumer<Viewer> what) {
    if (!viewers.isEmpty()) {
      int number = random.nextInt(viewers.size());
      rowOf(number).run(() -> what.accept(viewers.get(number)));
    }
  }

  /** What each viewer says of himself, in the order of their numbers. */
  <T> List<T> gather(Function<Viewer, T> what) {
    List<CompletableFuture<List<T>>> parts = new ArrayList<>();
    for (Row row : rows) {
      var part = new CompletableFuture<List<T>>();
      parts.add(part);
      row.run(() -> part.complete(row.viewers().stream().map(what).toList()));
    }
    List<T> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(await(part)));
    return all;
  }

  void leave() {
    rows.forEach(row -> row.run(() -> row.viewers().forEach(Viewer::leave)));
  }

  private void add(@Nullable String token) {
    int number = viewers.size();
    double share = scene.options().viewers().roomShare();
    // Spread evenly: each viewer takes his share, and who comes over a whole number takes a seat.
    boolean wantsRoom = Math.floor((number + 1) * share) > Math.floor(number * share);
    Row row = rowOf(number);
    var viewer = new Viewer(row, new Viewer.Person(number, token, wantsRoom));
    viewers.add(viewer);
    row.run(() -> row.add(viewer));
  }

  private Row rowOf(int number) {
    return rows.get(number % rows.size());
  }

  private static <T> T await(CompletableFuture<T> part) {
    try {
      return part.get(GATHER_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new LoadException("a loop does not answer: " + e);
    }
  }
}
