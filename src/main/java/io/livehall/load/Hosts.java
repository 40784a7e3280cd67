package io.livehall.load;

import io.livehall.load.Tally.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All hosts. At most 32 of them call at the same time; a change for which nobody is free is skipped
 * and counted. Belongs to one thread; the calls are made on others.
 */
final class Hosts implements AutoCloseable {
  private static final int CALLS_MAX = 32;
  private static final Duration REST_MAX = Duration.ofSeconds(20);

  /** Of a hundred changes to a room that is open; the others close it. */
  private static final int EDITS = 50;

  private final Scene scene;
  private final List<Seat> seats = new ArrayList<>();
  private final Random random;
  private final ExecutorService callers =
      new ThreadPoolExecutor(
          0, CALLS_MAX, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Hosts::thread);
  private final AtomicReference<@Nullable LoadException> trouble = new AtomicReference<>();

  /** A host, and whether he is on the phone. */
  private static final class Seat {
    private final Host host;
    private volatile boolean isBusy;
    private volatile long beatNanos = System.nanoTime();

    Seat(Host host) {
      this.host = host;
    }
  }

  Hosts(Scene scene, List<Host> hosts) {
    this.scene = scene;
    this.random = new Random(scene.options().run().seed());
    hosts.forEach(host -> seats.add(new Seat(host)));
  }

  /** Opens a room for each. */
  void openAll(Stop stop) {
    forEachInTurn(Host::open, stop);
  }

  /** One change: somebody opens a room, edits or closes his. */
  void change() {
    if (seats.isEmpty()) {
      return;
    }
    Seat seat = seats.get(random.nextInt(seats.size()));
    boolean isEdit = random.nextInt(100) < EDITS;
    boolean isBegun = begin(seat, host -> change(host, isEdit));
    scene.tally().add(isBegun ? Count.CHANGES : Count.CHANGES_SKIPPED);
  }

  private static void change(Host host, boolean isEdit) {
    if (!host.hasRoom()) {
      host.open();
    } else if (isEdit) {
      host.edit();
    } else {
      host.close();
    }
  }

  /** Those who are to send a heartbeat by now. */
  void beat() {
    long now = System.nanoTime();
    for (Seat seat : seats) {
      long every = TimeUnit.SECONDS.toNanos(seat.isBusy ? 0 : seat.host.beatSeconds());
      if (every > 0 && now - seat.beatNanos > every && begin(seat, Host::beat)) {
        seat.beatNanos = now;
      }
    }
  }

  /** Waits until nobody is on the phone, 20 s at most. */
  void rest() {
    long end = System.nanoTime() + REST_MAX.toNanos();
    while (seats.stream().anyMatch(seat -> seat.isBusy) && System.nanoTime() < end) {
      new Stop().pause(Duration.ofMillis(10));
    }
  }

  /** Closes what is open, also where the run is stopped; how many rooms may be left. */
  int closeAll() {
    rest();
    forEachInTurn(Host::close, new Stop());
    return (int) seats.stream().filter(seat -> seat.host.hasRoom()).count();
  }

  /** Why nothing of this can work; null while it may. */
  @Nullable LoadException trouble() {
    return trouble.get();
  }

  @Override
  public void close() {
    callers.shutdownNow();
  }

  private void forEachInTurn(Consumer<Host> deed, Stop stop) {
    long end = System.nanoTime() + REST_MAX.toNanos() * (1 + seats.size() / CALLS_MAX);
    for (Seat seat : seats) {
      while (!stop.isWanted() && trouble() == null && !begin(seat, deed)) {
        if (System.nanoTime() > end || stop.pause(Duration.ofMillis(5))) {
          return;
        }
      }
    }
    rest();
  }

  private boolean begin(Seat seat, Consumer<Host> deed) {
    if (seat.isBusy) {
      return false;
    }
    seat.isBusy = true;
    try {
      callers.execute(() -> act(seat, deed));
      return true;
    } catch (RejectedExecutionException e) {
      seat.isBusy = false;
      return false;
    }
  }

  private void act(Seat seat, Consumer<Host> deed) {
    try {
      deed.accept(seat.host);
    } catch (LoadException e) {
      trouble.compareAndSet(null, e);
    } catch (RuntimeException e) {
      scene.tally().name("call", "not understood: " + e);
    } finally {
      seat.isBusy = false;
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "host");
    thread.setDaemon(true);
    return thread;
  }
}
