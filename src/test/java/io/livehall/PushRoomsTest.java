package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The channel of one room. Views tick seldom here: what happens to a room does not wait. */
class PushRoomsTest {
  private static TestServer server;
  private static App app;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "HALL_TICKEVERY",
            "10s",
            "HALL_COUNTEVERY",
            "10s",
            "HALL_MARKEVERY",
            "100ms",
            "ROOMS_POLLEVERY",
            "1h");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theFirstAnswerIsTheRoomWhateverItsState() {
    App.Own created = app.open("created");
    App.Own live = app.openLive("live");
    App.Own interrupted = interrupted("interrupted");
    try (PushClient client = server.viewer()) {
      for (App.Own room : List.of(created, live, interrupted)) {
        JsonObject answer = client.ask(subRoom(room.id()), "room");

        assertThat(answer.getString("ch")).isEqualTo("room:" + room.id());
        assertThat(answer.getLong("seq")).isEqualTo(head());
        assertThat(answer.getJsonObject("room")).isEqualTo(app.find(room));
      }
    }
  }

  @Test
  void whatHappensToARoomIsToldAtOnce() {
    App.Own room = app.open("happens");
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 100), "snap");
      client.ask(subRoom(room.id()), "room");

      app.up(room);
      JsonObject live = client.await("changed");
      assertThat(live.getJsonObject("room")).isEqualTo(app.find(room));
      assertThat(live.getJsonObject("room").getString("state")).isEqualTo("live");
      assertThat(live.getLong("seq")).isEqualTo(head());

      App.good(app.edit(room, new JsonObject().put("title", "Neu")));
      JsonObject edited = client.await("changed");
      assertThat(edited.getJsonObject("room").getString("title")).isEqualTo("Neu");

      app.down(room);
      assertThat(client.await("interrupted")).isEqualTo(happened("interrupted", room));
      app.up(room);
      assertThat(client.await("resumed")).isEqualTo(happened("resumed", room));

      JsonObject summary = App.good(app.close(room)).json().getJsonObject("summary");
      JsonObject closed = client.await("closed");
      assertThat(closed).isEqualTo(closed(room, "HOST_ENDED", summary).put("seq", head()));
      assertThat(indexOf(client, "closed")).isGreaterThan(indexOf(client, "resumed"));
    }
  }

  @Test
  void aNoticeWaitsForNoTick() {
    App.Own room = app.openLive("notice");
    List<Duration> waits = new ArrayList<>();
    try (PushClient client = server.viewer()) {
      client.ask(subRoom(room.id()), "room");
      for (int i = 0; i < 5; i++) {
        App.good(app.edit(room, new JsonObject().put("title", "Title " + i)));
        long begun = System.nanoTime();
        client.await("changed");
        waits.add(Duration.ofNanos(System.nanoTime() - begun));
      }
    }

    assertThat(waits.stream().sorted().toList().get(2)).isLessThan(Duration.ofMillis(300));
  }

  @Test
  void aRoomThatNeverWentLiveIsClosedToo() {
    App.Own room = app.open("never");
    try (PushClient client = server.viewer()) {
      client.ask(subRoom(room.id()), "room");

      App.good(app.close(room));

      assertThat(client.await("closed").getString("reason")).isEqualTo("HOST_ENDED");
    }
  }

  @Test
  void afterTheCloseTheChannelIsOver() {
    App.Own room = app.openLive("over");
    try (PushClient client = server.viewer();
        PushClient late = server.viewer()) {
      client.ask(subRoom(room.id()), "room");
      App.good(app.close(room));
      JsonObject closed = client.await("closed");

      assertThat(
              client.ask(frame("resync").put("ch", "room:" + room.id()), "error").getString("code"))
          .isEqualTo("INVALID");
      assertThat(late.ask(subRoom(room.id()), "closed")).isEqualTo(closed);
      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void aRoomThatClosedLongAgoIsAnsweredByItsClose() {
    server.sql(
        """
        insert into room (id, stream, host_id, title, tags, state, close_reason, created_at, live_at,
          closed_at, version, viewers, likes, peak_viewers, visits, misses, pushes)
        values ('r00000000000long', '8888_r00000000000long', 'host', 'Long ago', '{}', 'closed',
          'STREAM_LOST', now() - interval '9 days', now() - interval '9 days',
          now() - interval '8 days', 5, 0, 7, 8, 9, '{}', '{}')""");
    try (PushClient client = server.viewer()) {
      JsonObject closed = client.ask(subRoom("r00000000000long"), "closed");

      var summary =
          new JsonObject()
              .put("durationSeconds", 86_400)
              .put("likes", 7)
              .put("peakViewers", 8)
              .put("visits", 9);
      assertThat(closed)
          .isEqualTo(
              closed(new App.Own("r00000000000long", ""), "STREAM_LOST", summary)
                  .put("seq", closed.getLong("seq")));
    }
  }

  @Test
  void aRoomThatNobodyOpenedIsNotFound() {
    try (PushClient client = server.viewer()) {
      JsonObject error = client.ask(subRoom("r000000000000000"), "error");

      assertThat(error.getString("code")).isEqualTo("ROOM_NOT_FOUND");
      assertThat(error.getString("room")).isEqualTo("r000000000000000");
      assertThat(error.getBoolean("retry")).isFalse();
    }
  }

  @Test
  void aRoomsChannelProvesThatItIsRight() {
    App.Own room = app.openLive("marked");
    try (PushClient client = server.viewer()) {
      client.ask(subRoom(room.id()), "room");

      JsonObject mark = client.await("mark");

      assertThat(mark)
          .isEqualTo(
              frame("mark")
                  .put("ch", "room:" + room.id())
                  .put("epoch", app.list("").getJsonObject("asOf").getString("epoch"))
                  .put("seq", head())
                  .put("count", 1)
                  .put("hash", ShownHall.hash(List.of(app.find(room)))));
    }
  }

  private static App.Own interrupted(String host) {
    App.Own room = app.open(host);
    app.up(room);
    await().until(() -> app.state(room).equals("live"));
    app.down(room);
    await().until(() -> app.state(room).equals("interrupted"));
    return room;
  }

  private static JsonObject happened(String what, App.Own room) {
    long version = app.find(room).getLong("version");
    return frame(what).put("room", room.id()).put("seq", head()).put("version", version);
  }

  private static JsonObject closed(App.Own room, String reason, JsonObject summary) {
    return frame("closed").put("room", room.id()).put("reason", reason).put("summary", summary);
  }

  private static long head() {
    return app.list("").getJsonObject("asOf").getLong("seq");
  }

  private static int indexOf(PushClient client, String type) {
    return client.frames().stream().map(f -> f.getString("t")).toList().indexOf(type);
  }
}
