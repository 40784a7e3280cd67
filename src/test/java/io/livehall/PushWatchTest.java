package io.livehall;

import static io.livehall.PushClient.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rooms that are shown somewhere else: only their counters are told, and their end. */
class PushWatchTest {
  private static TestServer server;
  private static App app;

  @BeforeAll
  static void start() {
    server = TestServer.start("HALL_TICKEVERY", "10s", "ROOMS_POLLEVERY", "1h");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void watchedRoomsAreToldByTheirCountersAndTheirEnd() {
    App.Own one = app.openLive("watched1");
    App.Own two = app.openLive("watched2");
    App.Own over = app.openLive("watched3");
    App.good(app.close(over));
    try (PushClient client = server.viewer()) {
      client.say(watch(one.id(), two.id(), over.id(), "r000000000000000"));
      JsonObject counts = client.await("count");
      assertThat(counts.getJsonArray("rooms"))
          .containsExactlyInAnyOrder(
              new JsonArray().add(one.id()).add(0).add(0),
              new JsonArray().add(two.id()).add(0).add(0));
      assertThat(client.await("closed").getString("room")).isEqualTo(over.id());
      assertThat(client.await("error").getString("room")).isEqualTo("r000000000000000");

      App.good(app.edit(one, new JsonObject().put("title", "Nobody is told")));
      App.good(app.close(one));
      assertThat(client.await("closed").getString("room")).isEqualTo(one.id());
      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void aWatchTakesThePlaceOfTheLast() {
    App.Own before = app.openLive("before");
    App.Own both = app.openLive("both");
    App.Own after = app.openLive("after");
    try (PushClient client = server.viewer()) {
      client.ask(watch(before.id(), both.id()), "count");
      client.ask(watch(both.id(), after.id()), "count");

      App.good(app.close(before));
      App.good(app.close(both));
      App.good(app.close(after));

      assertThat(client.await("closed").getString("room")).isEqualTo(both.id());
      assertThat(client.await("closed").getString("room")).isEqualTo(after.id());
      client.say(watch());
      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void atMostAHundredRoomsAreWatched() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      ids.add("r" + String.format("%015d", i));
    }
    App.Own room = app.openLive("hundred");
    try (PushClient client = server.viewer()) {
      client.ask(watch(room.id()), "count");

      JsonObject error = client.ask(watch(ids.toArray(String[]::new)), "error");
      assertThat(error.getString("code")).isEqualTo("INVALID");
      assertThat(error.getString("message")).contains("rooms ");
      App.good(app.close(room));
      client.await("closed");

      client.say(watch(ids.subList(0, 100).toArray(String[]::new)));
      for (int i = 0; i < 100; i++) {
        assertThat(client.await("error").getString("code")).isEqualTo("ROOM_NOT_FOUND");
      }
    }
  }

  private static JsonObject watch(String... rooms) {
    return frame("watch").put("rooms", new JsonArray(List.of(rooms)));
  }
}
