package io.livehall.redis;

import static io.livehall.TestStores.await;

import io.livehall.TestStores;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.service.port.CounterStore.Asked;
import io.livehall.service.port.CounterStore.Grant;
import io.livehall.service.port.CounterStore.Liked;
import io.livehall.service.port.CounterStore.Likes;
import io.livehall.service.port.CounterStore.Look;
import io.livehall.service.port.CounterStore.State;
import io.livehall.service.port.CounterStore.Step;
import io.livehall.service.port.CounterStore.Visited;
import io.livehall.service.port.CounterStore.Visits;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Counters on a real Redis, and a second way into it, by which a test makes what would take long or
 * seldom happens: leases that ran out, a clock that was set.
 */
final class RedisStage {
  static final long ENTRIES = 1 << 25;
  static final int LEASE_SECONDS = 60;
  private static final int TICK = 4;
  private static final long SINCE = 1_735_689_600;

  /** One for all tests: a client more for each would be many in the end. */
  private static final Redis RAW = Redis.createClient(TestStores.vertx(), TestStores.redisUri());

  private static final RedisCounters COUNTERS = reached(TestStores.counters(TestStores.vertx()));

  final RedisCounters counters;

  /** With the limits of the default config. */
  RedisStage() {
    this(COUNTERS);
  }

  RedisStage(RedisCounters counters) {
    this.counters = counters;
  }

  /** The same, once they can be used. */
  static RedisCounters reached(RedisCounters counters) {
    Awaitility.await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(20))
        .until(() -> isReached(counters));
    return counters;
  }

  static boolean isReached(RedisCounters counters) {
    return await(counters.ping().map(true).otherwise(false));
  }

  /** A room that is counted. */
  RoomId open() {
    RoomId room = RoomId.random();
    await(counters.raise(Map.of(room, Tally.ZERO)));
    return room;
  }

  Liked like(RoomId room, long allowed, Asked... asked) {
    return await(counters.like(List.of(new Likes(room, allowed, List.of(asked))))).get(0);
  }

  /** What one user is granted, who asks for so many likes. */
  Grant ask(RoomId room, String user, int likes) {
    return like(room, 0, new Asked(new UserId(user), likes, 0)).granted().get(0);
  }

  Visited visit(RoomId room, Step... steps) {
    return await(counters.visit(List.of(new Visits(room, List.of(steps))))).get(0);
  }

  Look look(RoomId room, int goneMax) {
    return await(counters.look(List.of(room), goneMax)).get(0);
  }

  Tally tally(RoomId room) {
    return look(room, 0).tally();
  }

  State state(RoomId room) {
    return look(room, 0).state();
  }

  static Step enter(String user) {
    return enter(user, "Name of " + user);
  }

  static Step enter(String user, String name) {
    return new Step.Enter(viewer(user, name));
  }

  static Step renew(String user) {
    return new Step.Renew(new UserId(user));
  }

  static Step leave(String user) {
    return new Step.Leave(new UserId(user));
  }

  static Viewer viewer(String user, String name) {
    return new Viewer(new UserId(user), name, "https://pictures/" + user);
  }

  static Response raw(String command, Object... words) {
    Request request = Request.cmd(Command.create(command));
    for (Object word : words) {
      request.arg(word.toString());
    }
    return await(RAW.send(request));
  }

  static String key(RoomId room, char kind) {
    return "live:{" + room + "}:" + kind;
  }

  static void set(RoomId room, String field, Object value) {
    raw("HSET", key(room, 'n'), field, value);
  }

  static long field(RoomId room, String field) {
    return (long) Double.parseDouble(raw("HGET", key(room, 'n'), field).toString());
  }

  /** The clock of Redis. */
  static long seconds() {
    return raw("TIME").get(0).toLong();
  }

  static long millis() {
    Response time = raw("TIME");
    return time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000;
  }

  static long score(RoomId room, String user) {
    return (long) Double.parseDouble(raw("ZSCORE", key(room, 'v'), user).toString());
  }

  /** The epoch second at which his lease ends. */
  static long endOfLease(RoomId room, String user) {
    return score(room, user) / ENTRIES * TICK + SINCE;
  }

  /** As if he had last been heard of at a time which makes his lease end then. */
  static void setEndOfLease(RoomId room, String user, long second) {
    long score = (second - SINCE) / TICK * ENTRIES + score(room, user) % ENTRIES;
    raw("ZADD", key(room, 'v'), score, user);
  }

  static void lapse(RoomId room, String user) {
    setEndOfLease(room, user, seconds() - 2 * TICK);
  }
}
