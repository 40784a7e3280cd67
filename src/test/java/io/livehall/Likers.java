package io.livehall;

import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * People who like rooms at random, at full speed, and remember what they were told. Each is a
 * thread and a user; whom he talks to changes with each like.
 */
final class Likers implements AutoCloseable {
  private static final int COUNT_MAX = 3;

  private final List<Thread> people = new ArrayList<>();
  private final List<App.Own> rooms;
  private final Map<String, Integer> answeredByRoom = new ConcurrentHashMap<>();
  private final Map<String, Integer> unsureByRoom = new ConcurrentHashMap<>();
  private final Queue<App.Reply> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile boolean isOver;

  /** Begins at once. */
  Likers(int size, List<App.Own> rooms, IntFunction<App> appOf) {
    this.rooms = rooms;
    for (int i = 0; i < size; i++) {
      int number = i;
      Thread one = new Thread(() -> like(number, appOf), "liker-" + i);
      one.setDaemon(true);
      people.add(one);
      one.start();
    }
  }

  /** How many calls were answered with 200. */
  int answers() {
    return answers.get();
  }

  /** What was refused otherwise than for being too much, or for a node that was just dying. */
  List<App.Reply> refusals() {
    return List.copyOf(refusals);
  }

  /** How many likes of a room were answered. */
  int answered(App.Own room) {
    return answeredByRoom.getOrDefault(room.id(), 0);
  }

  /** How many likes of a room were under way when their node died: they may have been counted. */
  int unsure(App.Own room) {
    return unsureByRoom.getOrDefault(room.id(), 0);
  }

  /** Lets everyone finish his call. */
  @Override
  public void close() {
    isOver = true;
    for (Thread one : people) {
      try {
        one.join(20_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (one.isAlive()) {
        throw new AssertionError("a call has no end");
      }
    }
  }

  private void like(int number, IntFunction<App> appOf) {
    var random = new Random(number);
    String token = App.token("liker" + number);
    while (!isOver) {
      App.Own room = rooms.get(random.nextInt(rooms.size()));
      int count = 1 + random.nextInt(COUNT_MAX);
      String body = new JsonObject().put("count", count).encode();
      try {
        App.Reply reply =
            appOf.apply(random.nextInt(1_000)).post(room.path() + "/likes", token, body);
        if (reply.isGood()) {
          answeredByRoom.merge(room.id(), reply.json().getInteger("accepted"), Integer::sum);
          answers.incrementAndGet();
        } else if (reply.status() == 503) {
          unsureByRoom.merge(room.id(), count, Integer::sum);
        } else if (reply.status() != 429) {
          refusals.add(reply);
        }
      } catch (UncheckedIOException silence) {
        unsureByRoom.merge(room.id(), count, Integer::sum);
      }
    }
  }
}
