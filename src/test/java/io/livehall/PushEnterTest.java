package io.livehall;

import static io.livehall.PushClient.enter;
import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which rooms are entered, how many, and what their viewers hear when they close. */
class PushEnterTest {
  private static final String NOBODYS = "r000000000000000";

  private static TestServer server;
  private static App app;
  private static App ops;
  private static int hosts;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "HALL_COUNTEVERY", "20ms", "COUNTERS_TELLEVERY", "20ms", "ROOMS_POLLEVERY", "1h");
    app = server.app();
    ops = server.ops();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theNinthRoomIsRefusedUntilOneIsLeft() {
    List<App.Own> rooms = Stream.generate(PushEnterTest::live).limit(9).toList();
    try (PushClient client = server.guest("ana")) {
      client.say(rooms.subList(0, 8).stream().map(room -> enter(room.id())));
      for (int i = 0; i < 8; i++) {
        client.await("entered");
      }

      JsonObject error = client.ask(enter(rooms.get(8).id()), "error");
      assertThat(error.getString("code")).isEqualTo("RATE_LIMITED");
      assertThat(error.getString("room")).isEqualTo(rooms.get(8).id());
      client.ask(enter(rooms.get(7).id()), "entered");

      client.say(leave(rooms.get(7)));
      client.ask(enter(rooms.get(8).id()), "entered");
      App.good(app.close(rooms.get(8)));
      client.await("closed");
      client.ask(enter(rooms.get(7).id()), "entered");
    }
  }

  static Stream<Arguments> roomsThatAreNotEntered() {
    App.Own closed = live();
    App.good(app.close(closed));
    return Stream.of(
        arguments(NOBODYS, "ROOM_NOT_FOUND"),
        arguments(app.open("enters" + hosts++).id(), "ROOM_NOT_LIVE"),
        arguments(closed.id(), "ROOM_CLOSED"));
  }

  @ParameterizedTest
  @MethodSource("roomsThatAreNotEntered")
  void onlyARoomThatWasOnAirIsEntered(String room, String code) {
    try (PushClient client = server.guest("ana")) {
      for (int i = 0; i < 9; i++) {
        JsonObject error = client.ask(enter(room), "error");

        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("room")).isEqualTo(room);
        assertThat(error.getBoolean("retry")).isFalse();
      }
      client.ask(subHall("newest", 1), "snap");
    }
  }

  @Test
  void aRoomWhoseStreamBrokeOffIsEnteredAndLeft() {
    App.Own room = app.open("enters" + hosts++);
    app.up(room);
    await().until(() -> app.state(room).equals("live"));
    app.down(room);
    await().until(() -> app.state(room).equals("interrupted"));
    try (PushClient client = server.guest("ana")) {
      client.ask(enter(room.id()), "entered");

      App.good(app.close(room));

      assertThat(client.await("closed").getString("room")).isEqualTo(room.id());
    }
  }

  @Test
  void theEndOfARoomIsToldToEachOnceInHoweverManyWaysHeLooks() {
    App.Own room = live();
    try (PushClient all = server.guest("ana");
        PushClient viewer = server.guest("jie");
        PushClient watching = server.viewer();
        PushClient both = server.viewer()) {
      all.ask(enter(room.id()), "entered");
      viewer.ask(enter(room.id()), "entered");
      Stream.of(all, both).forEach(client -> client.ask(subRoom(room.id()), "room"));
      Stream.of(all, both, watching).forEach(client -> client.ask(watch(room), "count"));
      awaitViewers(room, 2);

      App.good(app.close(room));

      for (PushClient client : List.of(all, viewer, watching, both)) {
        JsonObject summary = client.await("closed").getJsonObject("summary");
        assertThat(summary.getInteger("visits")).isEqualTo(2);
        assertThat(summary.getInteger("peakViewers")).isEqualTo(2);
        assertThat(client.unseen()).extracting(f -> f.getString("t")).doesNotContain("closed");
      }
      await().until(() -> ops.metric("livehall_push_viewers") == 0);
      assertThat(all.ask(enter(room.id()), "error").getString("code")).isEqualTo("ROOM_CLOSED");
    }
  }

  /** Whichever comes first, he is told, and once. */
  @Test
  void whoEntersWhileTheRoomClosesIsToldOnce() {
    for (int i = 0; i < 20; i++) {
      App.Own room = live();
      try (PushClient client = server.guest("ana")) {
        client.ask(subRoom(room.id()), "room");
        Thread closing = new Thread(() -> App.good(app.close(room)));
        closing.start();
        client.say(enter(room.id()));
        client.await("closed");
        await().until(() -> !closing.isAlive());
        assertThat(client.unseen()).extracting(f -> f.getString("t")).doesNotContain("closed");
      }
    }
  }

  private static JsonObject leave(App.Own room) {
    return frame("leave").put("room", room.id());
  }

  private static JsonObject watch(App.Own room) {
    return frame("watch").put("rooms", new JsonArray().add(room.id()));
  }

  private static App.Own live() {
    return app.openLive("enters" + hosts++);
  }

  private static void awaitViewers(App.Own room, long viewers) {
    await().until(() -> app.find(room).getLong("viewers") == viewers);
  }
}
