package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.service.RoomTally;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Viewers and likes of rooms, as those who count tell them to every node. */
class PushCountsTest {
  private static final int BYTES_PER_SECOND = 2_000;

  private static TestServer server;
  private static App app;
  private static int hosts;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "HALL_COUNTEVERY",
            "20ms",
            "HALL_WATCHEVERY",
            "50ms",
            "HALL_COUNTBYTESPERSECOND",
            Integer.toString(BYTES_PER_SECOND),
            "ROOMS_POLLEVERY",
            "1h");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aViewIsToldTheCountersOfTheRoomsThatItShows() {
    App.Own below = live("shown");
    App.Own shown = live("shown");
    App.Own elsewhere = live("elsewhere");
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 1).put("tag", "shown"), "snap");

      server.tell(List.of(tally(below, 1, 2), tally(shown, 1210, 88340), tally(elsewhere, 3, 4)));

      assertThat(client.await("count")).isEqualTo(count(shown, 1210, 88340));
      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void whoComesLaterSeesThemInTheRoomItself() {
    App.Own room = live("later");
    try (PushClient client = server.viewer();
        PushClient later = server.viewer()) {
      client.ask(subHall("newest", 20).put("tag", "later"), "snap");
      server.tell(room.id(), 5, 6);
      client.await("count");

      JsonObject snap = later.ask(subHall("newest", 20).put("tag", "later"), "snap");
      JsonObject shown = later.ask(subRoom(room.id()), "room").getJsonObject("room");

      assertThat(snap.getJsonArray("rooms").getJsonObject(0)).isEqualTo(shown);
      assertThat(shown.getInteger("viewers")).isEqualTo(5);
      assertThat(shown.getInteger("likes")).isEqualTo(6);
    }
  }

  @Test
  void anEditDoesNotTakeThemBack() {
    App.Own room = live("edited");
    try (PushClient client = server.viewer()) {
      var view = new ShownHall("hall:newest:20:edited");
      client.ask(subHall("newest", 20).put("tag", "edited"), "snap");
      server.tell(room.id(), 50, 60);
      client.await("count");

      App.good(app.edit(room, new JsonObject().put("title", "Other words")));
      client.await("delta");

      view.follow(client).assertShows(app.list("?tag=edited"));
      assertThat(view.rooms().get(0).getInteger("likes")).isEqualTo(60);
    }
  }

  @Test
  void whoComesBackIsToldThemAnew() {
    App.Own room = live("back");
    JsonObject held = app.list("").getJsonObject("asOf");
    try (PushClient client = server.viewer();
        PushClient back = server.viewer()) {
      client.ask(subHall("newest", 20).put("tag", "back"), "snap");
      server.tell(room.id(), 7, 8);
      client.await("count");

      back.ask(subHall("newest", 20).put("tag", "back").put("since", held), "delta");

      assertThat(back.await("count")).isEqualTo(count(room, 7, 8));
    }
  }

  @Test
  void aRoomsChannelIsToldItsOwn() {
    App.Own room = live("channel");
    App.Own other = live("channel");
    try (PushClient client = server.viewer()) {
      client.ask(subRoom(room.id()), "room");

      server.tell(List.of(tally(other, 9, 9), tally(room, 1, 1)));
      assertThat(client.await("count")).isEqualTo(count(room, 1, 1));
      server.tell(room.id(), 0, 2);
      assertThat(client.await("count")).isEqualTo(count(room, 0, 2));
      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void watchedRoomsAreToldTogether() {
    App.Own one = live("watched");
    App.Own two = live("watched");
    App.Own still = live("watched");
    try (PushClient client = server.viewer()) {
      client.ask(
          frame("watch").put("rooms", new JsonArray(List.of(one.id(), two.id(), still.id()))),
          "count");

      server.tell(List.of(tally(one, 1, 10), tally(two, 2, 20)));

      assertThat(client.await("count").getJsonArray("rooms"))
          .containsExactlyInAnyOrder(entry(one, 1, 10), entry(two, 2, 20));
      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void countersOfARoomThatIsNotListedAreLeftAlone() {
    App.Own room = live("gone");
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 20).put("tag", "gone"), "snap");
      App.good(app.close(room));
      client.await("delta");
      App.Own next = live("gone");
      client.await("delta");

      server.tell(List.of(tally(room, 5, 5), tally(next, 6, 6)));

      assertThat(client.await("count")).isEqualTo(count(next, 6, 6));
    }
  }

  @Test
  void countersThatMoveAllTheTimeStayWithinTheirBudget() throws InterruptedException {
    List<App.Own> rooms = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rooms.add(live("busy"));
    }
    var moves = new AtomicInteger();
    ScheduledExecutorService counter = Executors.newSingleThreadScheduledExecutor();
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 20).put("tag", "busy"), "snap");
      long begun = System.nanoTime();
      counter.scheduleAtFixedRate(
          () -> {
            int n = 1_000_000 + moves.incrementAndGet();
            server.tell(rooms.stream().map(room -> tally(room, n, n)).toList());
          },
          0,
          5,
          TimeUnit.MILLISECONDS);

      int frameMax = 0;
      for (int i = 0; i < 6; i++) {
        client.await("count");
      }
      long bytes = 0;
      for (String text : client.texts()) {
        if (text.contains("\"count\"")) {
          bytes += text.getBytes(UTF_8).length + 4;
          frameMax = Math.max(frameMax, text.length() + 4);
        }
      }
      double seconds = (System.nanoTime() - begun) / 1e9;

      assertThat((double) bytes).isLessThan((seconds + 1) * BYTES_PER_SECOND + frameMax);
      assertThat(moves.get()).isGreaterThan(3 * 6); // else the budget was not what held them back
    } finally {
      counter.shutdown();
      assertThat(counter.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static JsonObject count(App.Own room, long viewers, long likes) {
    return frame("count").put("rooms", new JsonArray().add(entry(room, viewers, likes)));
  }

  private static JsonArray entry(App.Own room, long viewers, long likes) {
    return new JsonArray().add(room.id()).add((int) viewers).add((int) likes);
  }

  private static RoomTally tally(App.Own room, long viewers, long likes) {
    return new RoomTally(new RoomId(room.id()), viewers, likes, 0);
  }

  private static App.Own live(String tag) {
    var wish = new JsonObject().put("title", "of " + tag).put("tags", new JsonArray().add(tag));
    App.Own room = app.open("counts" + hosts++, wish);
    App.good(app.live(room));
    return room;
  }
}
