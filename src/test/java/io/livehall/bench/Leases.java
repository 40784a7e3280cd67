package io.livehall.bench;

import io.livehall.config.LiveConfig;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.redis.RedisCounters;
import io.livehall.redis.RedisTarget;
import io.livehall.service.port.CounterStore.Done;
import io.livehall.service.port.CounterStore.State;
import io.livehall.service.port.CounterStore.Step;
import io.livehall.service.port.CounterStore.Visited;
import io.livehall.service.port.CounterStore.Visits;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * {@code Leases ROOMS VIEWERS}: so many viewers in each of so many rooms of an empty Redis. Prints
 * the bytes of Redis that each costs; the part of a core that Redis needs to renew them all three
 * times a lease; and the milliseconds for which it is busy with the counters of a room, in the mean
 * of many, with that many viewers in it and with a hundred times as many.
 */
public final class Leases {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration RENEWED = LEASE.dividedBy(3);

  /** As many rooms as a node writes with one batch, or about. */
  private static final int ROOMS_AT_ONCE = 50;

  private static final int LOOKS = 200;

  private final RedisCounters counters;
  private final RedisConnection redis;
  private final int rooms;
  private final int viewers;

  private Leases(RedisCounters counters, RedisConnection redis, int rooms, int viewers) {
    this.counters = counters;
    this.redis = redis;
    this.rooms = rooms;
    this.viewers = viewers;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    try {
      String uri = System.getenv("LIVEHALL_REDIS_URI");
      var options = RedisTarget.options(uri, LiveConfig.load(Optional.empty(), Map.of()).redis());
      var terms = new RedisCounters.Terms(LEASE, 20, 100, 10, Duration.ofSeconds(10));
      var counters = new RedisCounters(vertx, options, terms);
      while (counters.ping().map(true).otherwise(false).await() == false) {
        Thread.sleep(20);
      }
      var redis = Redis.createClient(vertx, uri).connect().await();
      int rooms = Integer.parseInt(arguments[0]);
      new Leases(counters, redis, rooms, Integer.parseInt(arguments[1])).run();
      counters.close().await();
    } finally {
      vertx.close().await();
    }
  }

  private void run() throws InterruptedException {
    send(Request.cmd(Command.FLUSHALL));
    double before = info("used_memory");
    raise(0, rooms);
    all(viewer -> new Step.Enter(new Viewer(viewer, null, null)), Done::isChange, 0);
    double bytes = (info("used_memory") - before) / ((double) rooms * viewers);

    double used = cpu();
    long begun = System.nanoTime();
    all(Step.Renew::new, Done::isHere, RENEWED.toNanos());
    double cores = (cpu() - used) / ((System.nanoTime() - begun) / 1e9);

    double few = lookMs(room(0));
    raise(rooms, rooms + 1);
    IntStream.range(0, 100)
        .forEach(
            part ->
                visit(
                    List.of(
                        new Visits(
                            room(rooms),
                            steps(
                                part * viewers,
                                viewer -> new Step.Enter(new Viewer(viewer, null, null))))),
                    Done::isChange));
    double many = lookMs(room(rooms));
    System.out.printf(Locale.ROOT, "%.1f %.3f %.4f %.4f%n", bytes, cores, few, many);
  }

  private void raise(int from, int to) {
    Map<RoomId, Tally> all = new HashMap<>();
    IntStream.range(from, to).forEach(n -> all.put(room(n), Tally.ZERO));
    counters.raise(all).await();
  }

  /** What every viewer does, spread over that time. */
  private void all(StepOf step, java.util.function.Predicate<Done> isGood, long nanos)
      throws InterruptedException {
    long begun = System.nanoTime();
    for (int from = 0; from < rooms; from += ROOMS_AT_ONCE) {
      visit(
          IntStream.range(from, Math.min(rooms, from + ROOMS_AT_ONCE))
              .mapToObj(n -> new Visits(room(n), steps(0, step)))
              .toList(),
          isGood);
      long due = begun + (long) ((double) nanos * (from + ROOMS_AT_ONCE) / rooms);
      long early = due - System.nanoTime();
      if (early > 0) {
        Thread.sleep(early / 1_000_000);
      }
    }
  }

  private interface StepOf {
    Step of(UserId viewer);
  }

  private List<Step> steps(int from, StepOf step) {
    IntFunction<UserId> viewer = n -> new UserId("viewer_" + n);
    return IntStream.range(from, from + viewers).mapToObj(n -> step.of(viewer.apply(n))).toList();
  }

  private void visit(List<Visits> visits, java.util.function.Predicate<Done> isGood) {
    for (Visited visited : counters.visit(visits).await()) {
      if (visited.state() != State.COUNTED || !visited.done().stream().allMatch(isGood)) {
        throw new IllegalStateException("not as it must be: " + visited.state());
      }
    }
  }

  private double lookMs(RoomId room) {
    double before = cpu();
    for (int i = 0; i < LOOKS; i++) {
      counters.look(java.util.Collections.nCopies(50, room), 0).await();
    }
    return (cpu() - before) * 1000 / (LOOKS * 50);
  }

  private double cpu() {
    return info("used_cpu_sys_main_thread") + info("used_cpu_user_main_thread");
  }

  private double info(String name) {
    return send(Request.cmd(Command.INFO).arg("all"))
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private String send(Request request) {
    return String.valueOf(redis.send(request).await());
  }

  private static RoomId room(int n) {
    return new RoomId(String.format(Locale.ROOT, "r%015d", n));
  }
}
