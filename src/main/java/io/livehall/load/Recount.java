package io.livehall.load;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the likes that viewers were told are counted against those that their rooms show, also
 * rooms that have closed since. It waits 5 s for the lists to show the last ones.
 */
final class Recount {
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(250);
  private static final int SAMPLES_MAX = 5;

  private final Scene scene;
  private final Api api;

  /**
   * How it ended.
   *
   * @param wrong rooms that show fewer than were answered, or more than were sent
   * @param samples some of them, in words
   */
  record Outcome(int rooms, int wrong, List<String> samples) {}

  Recount(Scene scene, Api api) {
    this.scene = scene;
    this.api = api;
  }

  Outcome count() {
    Map<String, Ledger.Entry> all = scene.ledger().all();
    Map<String, Ledger.Entry> wrong = new TreeMap<>(all);
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (true) {
      List<String> samples = new ArrayList<>();
      wrong.entrySet().removeIf(room -> isRight(room.getKey(), room.getValue(), samples));
      if (wrong.isEmpty() || System.nanoTime() > end) {
        return new Outcome(all.size(), wrong.size(), samples.stream().limit(SAMPLES_MAX).toList());
      }
      new Stop().pause(STEP);
    }
  }

  private boolean isRight(String room, Ledger.Entry entry, List<String> samples) {
    Long likes = likes(room);
    boolean isRight = likes != null && entry.allows(likes);
    if (!isRight) {
      samples.add("%s has %s likes; %s".formatted(room, likes == null ? "no" : likes, entry));
    }
    return isRight;
  }

  private @Nullable Long likes(String room) {
    for (Place place : scene.places()) {
      JsonObject json = api.call(place.base(), Api.Call.get("/v1/rooms/" + room)).json();
      if (json.getValue("room") instanceof JsonObject found) {
        return found.getLong("likes");
      }
    }
    return null;
  }
}
