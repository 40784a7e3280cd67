package io.livehall;

import static io.livehall.PushClient.enter;
import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subRoom;
import static io.livehall.PushPresenceTest.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who says that he is in a room is counted there once, as long as one of his sockets stands. */
class PushViewersTest {
  private static TestServer server;
  private static App app;
  private static App ops;
  private static int hosts;

  /** Leases last a minute here: who is gone before did not wait for their end. */
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

  /** However a test ends its sockets, nobody is left behind. */
  @AfterEach
  void awaitNobody() {
    await().until(() -> ops.metric("livehall_push_viewers") == 0);
  }

  @Test
  void whoEntersIsCountedUntilHeLeaves() {
    App.Own room = live();
    try (PushClient seeing = server.viewer();
        PushClient client = server.guest("ana")) {
      seeing.ask(subRoom(room.id()), "room");

      assertThat(client.ask(enter(room.id()), "entered"))
          .isEqualTo(frame("entered").put("room", room.id()));
      assertThat(seeing.await("count")).isEqualTo(count(room, 1));
      assertThat(ops.metric("livehall_push_viewers")).isEqualTo(1);

      client.say(leave(room));
      assertThat(seeing.await("count")).isEqualTo(count(room, 0));
      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void toEnterTwiceIsToBeInTheRoomOnce() {
    App.Own room = live();
    try (PushClient client = server.guest("ana")) {
      client.ask(enter(room.id()), "entered");
      client.ask(enter(room.id()), "entered");
      awaitViewers(room, 1);

      client.say(leave(room));
      client.say(leave(room));

      awaitViewers(room, 0);
      client.ask(enter(room.id()), "entered");
      awaitViewers(room, 1);
    }
    awaitViewers(room, 0);
  }

  @Test
  void whatIsSaidInOneBreathEndsAsItWasSaidLast() {
    App.Own in = live();
    App.Own out = live();
    try (PushClient client = server.guest("ana")) {
      client.say(
          Stream.of(
              enter(out.id()),
              leave(out),
              enter(in.id()),
              enter(in.id()),
              leave(in),
              enter(out.id()),
              enter(in.id()),
              leave(out)));

      assertThat(client.await("entered").getString("room")).isEqualTo(in.id());
      awaitViewers(in, 1);
      awaitViewers(out, 0);
      await().until(() -> ops.metric("livehall_push_viewers") == 1);
    }
  }

  @Test
  void whoseSocketIsCutHasLeftAtOnce() {
    App.Own room = live();
    try (PushClient seeing = server.viewer()) {
      PushClient client = server.guest("ana");
      client.ask(enter(room.id()), "entered");
      awaitViewers(room, 1);
      seeing.ask(subRoom(room.id()), "room");

      client.wire().reset();

      assertThat(seeing.await("left").getJsonArray("users").getJsonObject(0).getString("id"))
          .isEqualTo("ana");
      awaitViewers(room, 0);
    }
  }

  @Test
  void aViewerInTwoRoomsIsInBoth() {
    App.Own one = live();
    App.Own two = live();
    try (PushClient client = server.guest("ana")) {
      client.ask(enter(one.id()), "entered");
      client.ask(enter(two.id()), "entered");
      awaitViewers(one, 1);
      awaitViewers(two, 1);

      client.say(leave(one));

      awaitViewers(one, 0);
      assertThat(viewers(two)).isEqualTo(1);
    }
    awaitViewers(two, 0);
  }

  @Test
  void hisRoomsAreLeftWhereSomebodyElseSpeaksNotWhereHeRenewsHisToken() {
    App.Own room = live();
    try (PushClient client = server.guest("ana");
        PushClient seeing = server.viewer()) {
      seeing.ask(subRoom(room.id()), "room");
      client.ask(enter(room.id()), "entered");
      assertThat(seeing.await("count")).isEqualTo(count(room, 1));

      client.hello(TestServer.pass("ana"));
      client.ask(enter(room.id()), "entered");
      assertThat(seeing.unseen()).extracting(f -> f.getString("t")).doesNotContain("left");

      client.hello(TestServer.pass("jie"));
      assertThat(names(seeing.await("left"))).containsExactly("ana");
      client.ask(enter(room.id()), "entered");
      awaitViewers(room, 1);

      client.hello();
      assertThat(names(seeing.await("left"))).containsExactly("jie");
      awaitViewers(room, 0);
    }
  }

  private static JsonObject leave(App.Own room) {
    return frame("leave").put("room", room.id());
  }

  private static JsonObject count(App.Own room, int viewers) {
    var entry = new JsonArray().add(room.id()).add(viewers).add(0);
    return frame("count").put("rooms", new JsonArray().add(entry));
  }

  private static App.Own live() {
    return app.openLive("viewers" + hosts++);
  }

  private static long viewers(App.Own room) {
    return app.find(room).getLong("viewers");
  }

  private static void awaitViewers(App.Own room, long viewers) {
    await().until(() -> viewers(room) == viewers);
  }
}
