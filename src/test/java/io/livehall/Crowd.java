package io.livehall;

import io.livehall.postgres.Postgres;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Hosts who open rooms, go live and end, at full speed, and remember what they were told. Each is a
 * thread; whom a host talks to is the test's to say.
 */
final class Crowd implements AutoCloseable {
  private static final List<String> STATES = List.of("created", "live", "interrupted", "closed");

  private final List<Thread> hosts = new ArrayList<>();
  private final Map<String, Told> toldByRoom = new ConcurrentHashMap<>();
  private final Queue<App.Reply> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger silences = new AtomicInteger();
  private volatile Duration slowest = Duration.ZERO;
  private volatile boolean isOver;

  /** What a host was last told of his room. */
  private record Told(String state, long version) {}

  /** Begins at once. */
  Crowd(int size, IntFunction<App> appOf) {
    for (int i = 0; i < size; i++) {
      int number = i;
      Thread host = new Thread(() -> broadcast(number, appOf), "host-" + i);
      host.setDaemon(true);
      hosts.add(host);
      host.start();
    }
  }

  /** How many calls were answered with 2xx. */
  int answers() {
    return answers.get();
  }

  /** How many calls got no answer at all. */
  int silences() {
    return silences.get();
  }

  List<App.Reply> refusals() {
    return List.copyOf(refusals);
  }

  Duration slowest() {
    return slowest;
  }

  /** How many rooms were confirmed. */
  int rooms() {
    return toldByRoom.size();
  }

  /**
   * Each room that a host was told of and which is not in the database as he was told, or later.
   */
  List<String> lost(Postgres postgres) {
    Map<String, Row> rowById = new HashMap<>();
    TestServer.sql(postgres, "select id, state, version from room")
        .forEach(row -> rowById.put(row.getString("id"), row));
    List<String> lost = new ArrayList<>();
    toldByRoom.forEach(
        (id, told) -> {
          Row row = rowById.get(id);
          boolean isThere =
              row != null
                  && row.getLong("version") >= told.version
                  && STATES.indexOf(row.getString("state")) >= STATES.indexOf(told.state);
          if (!isThere) {
            lost.add(id + " " + told + " is " + (row == null ? "absent" : row.deepToString()));
          }
        });
    return lost;
  }

  /** What is wrong with the log; empty where it counts 1, 2, 3 … up to the clock. */
  static List<String> faultsOfLog(Postgres postgres) {
    Row row =
        TestServer.sql(
                postgres,
                """
                select (select seq from hall_clock) as clock, count(*) as entries,
                  coalesce(min(seq), 1) as first, coalesce(max(seq), 0) as last
                from room_log""")
            .get(0);
    long clock = row.getLong("clock");
    boolean isWhole =
        row.getLong("entries") == clock
            && row.getLong("first") == 1
            && row.getLong("last") == clock;
    return isWhole ? List.of() : List.of(row.deepToString());
  }

  /** Lets every host finish his call. */
  @Override
  public void close() {
    isOver = true;
    for (Thread host : hosts) {
      try {
        host.join(20_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (host.isAlive()) {
        throw new AssertionError("a call has no end");
      }
    }
  }

  private void broadcast(int number, IntFunction<App> appOf) {
    var random = new Random(number);
    String token = App.token("crowd" + number);
    while (!isOver) {
      JsonObject room = call(appOf.apply(number), "/v1/rooms", token, "{\"title\":\"crowd\"}");
      if (room == null) {
        continue;
      }
      String path = "/v1/rooms/" + room.getString("id");
      call(appOf.apply(number), path + "/live", token, "");
      if (random.nextInt(3) > 0) {
        call(appOf.apply(number), path + "/close", token, "");
      }
    }
  }

  private JsonObject call(App app, String path, String token, String body) {
    if (isOver) {
      return null;
    }
    long begun = System.nanoTime();
    try {
      App.Reply reply = app.post(path, token, body);
      if (!reply.isGood()) {
        refusals.add(reply);
        return null;
      }
      JsonObject room = reply.room();
      toldByRoom.put(
          room.getString("id"), new Told(room.getString("state"), room.getLong("version")));
      answers.incrementAndGet();
      return room;
    } catch (UncheckedIOException silence) {
      silences.incrementAndGet();
      return null;
    } finally {
      took(Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private synchronized void took(Duration time) {
    slowest = time.compareTo(slowest) > 0 ? time : slowest;
  }
}
