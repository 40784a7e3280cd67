package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to a client that behaves, or that is wrong in a field: the socket stays. */
class PushTalkTest {
  private static final String NOBODYS = "r000000000000000";

  private static TestServer server;
  private static App app;

  @BeforeAll
  static void start() {
    server = TestServer.start("NODE_NAME", "n2", "ROOMS_POLLEVERY", "1h");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theWelcomeTellsWhereOneIsAndWhatOneMay() {
    try (PushClient client = PushClient.connect(server.pushPort())) {
      JsonObject welcome = client.ask(frame("hello"), "welcome");

      var limits =
          new JsonObject()
              .put("subs", 8)
              .put("watch", 100)
              .put("enter", 8)
              .put("messagesPerMinute", 120);
      assertThat(welcome)
          .isEqualTo(
              frame("welcome")
                  .put("node", "n2")
                  .put("epoch", app.list("").getJsonObject("asOf").getString("epoch"))
                  .put("limits", limits));
    }
  }

  @Test
  void aPingIsAnsweredInEitherLanguage() {
    try (PushClient client = server.viewer()) {
      assertThat(client.ask(frame("ping"), "pong")).isEqualTo(frame("pong"));

      client.wire().send(PushWire.PING, new byte[] {7, 8, 9});
      PushWire.Frame pong = client.wire().next(java.time.Duration.ofSeconds(5));

      assertThat(pong.kind()).isEqualTo(PushWire.PONG);
      assertThat(pong.payload()).containsExactly(7, 8, 9);
    }
  }

  @Test
  void whoLeavesAChannelHearsNoMoreOfIt() {
    try (PushClient leaving = server.viewer();
        PushClient staying = server.viewer()) {
      JsonObject sub = subHall("newest", 20).put("tag", "unsub");
      leaving.ask(sub, "snap");
      staying.ask(sub, "snap");
      App.Own room = app.openLive("unsub");
      leaving.ask(subRoom(room.id()), "room");
      staying.ask(subRoom(room.id()), "room");

      leaving.say(frame("unsub").put("ch", "hall:newest:20:unsub"));
      leaving.say(frame("unsub").put("ch", "room:" + room.id()));
      assertThat(leaving.unseen()).isEmpty();
      App.good(app.edit(room, new JsonObject().put("tags", new JsonArray().add("unsub"))));
      staying.await("changed");
      staying.await("delta");

      assertThat(leaving.unseen()).isEmpty();
    }
  }

  @Test
  void toLeaveAChannelThatOneIsNotInIsNoFault() {
    try (PushClient client = server.viewer()) {
      client.say(frame("unsub").put("ch", "hall:newest:20"));

      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void theNinthSubscriptionIsRefusedUntilOneIsGivenUp() {
    try (PushClient client = server.viewer()) {
      for (int limit = 1; limit <= 8; limit++) {
        client.ask(subHall("newest", limit), "snap");
      }

      JsonObject error = client.ask(subHall("newest", 9), "error");
      assertThat(error.getString("code")).isEqualTo("RATE_LIMITED");
      assertThat(error.getString("ch")).isEqualTo("hall:newest:9");
      assertThat(error.getBoolean("retry")).isTrue();
      assertThat(client.ask(subRoom(NOBODYS), "error").getString("ch"))
          .isEqualTo("room:" + NOBODYS);
      client.ask(subHall("newest", 8), "snap");

      client.say(frame("unsub").put("ch", "hall:newest:8"));
      client.ask(subHall("newest", 9), "snap");
    }
  }

  @Test
  void aRefusedSubscriptionTakesNoPlace() {
    try (PushClient client = server.viewer()) {
      for (int i = 0; i < 10; i++) {
        JsonObject error = client.ask(subRoom(NOBODYS), "error");
        assertThat(error.getString("code")).isEqualTo("ROOM_NOT_FOUND");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"enter", "leave", "like"})
  void whoIsNobodyInParticularIsNotCounted(String type) {
    try (PushClient client = server.viewer()) {
      JsonObject error = client.ask(frame(type).put("room", NOBODYS), "error");

      assertThat(error.getString("code")).isEqualTo("TOKEN_MISSING");
      assertThat(error.getString("room")).isEqualTo(NOBODYS);
      assertThat(error.getBoolean("retry")).isFalse();
      client.ask(subHall("newest", 1), "snap");
    }
  }

  @ParameterizedTest
  @MethodSource("wrongFields")
  void aWrongFieldIsNamedAndTheSocketStays(JsonObject wrong, String field) {
    try (PushClient client = server.viewer()) {
      JsonObject error = client.ask(wrong, "error");

      assertThat(error.getString("code")).isEqualTo("INVALID");
      assertThat(error.getString("message")).contains(field + " ");
      assertThat(error.getBoolean("retry")).isFalse();
      client.ask(subHall("newest", 1), "snap");
    }
  }

  static Stream<Arguments> wrongFields() {
    JsonObject since = new JsonObject().put("epoch", "e").put("seq", 1);
    return Stream.of(
        arguments(frame("hello").put("token", 7), "token"),
        arguments(frame("sub"), "view"),
        arguments(frame("sub").put("view", "cinema"), "view"),
        arguments(subHall("oldest", 20), "sort"),
        arguments(subHall("newest", 0), "limit"),
        arguments(subHall("newest", 101), "limit"),
        arguments(frame("sub").put("view", "hall").put("limit", "20"), "limit"),
        arguments(subHall("newest", 20).put("tag", "a\"b"), "tag"),
        arguments(subHall("newest", 20).put("tag", ""), "tag"),
        arguments(subHall("newest", 20).put("room", NOBODYS), "room"),
        arguments(subHall("newest", 20).put("since", 5), "since"),
        arguments(subHall("newest", 20).put("since", since.copy().put("seq", -1)), "since.seq"),
        arguments(subHall("newest", 20).put("since", since.copy().put("seq", 1.5)), "since.seq"),
        arguments(subHall("newest", 20).put("since", new JsonObject()), "since.epoch"),
        arguments(
            subHall("newest", 20).put("since", new JsonObject().put("epoch", "e")), "since.seq"),
        arguments(frame("sub").put("view", "room"), "room"),
        arguments(subRoom("rx"), "room"),
        arguments(subRoom("R000000000000000"), "room"),
        arguments(subRoom("r00000000000000é"), "room"),
        arguments(subRoom(NOBODYS).put("limit", 5), "limit"),
        arguments(frame("unsub"), "ch"),
        arguments(frame("resync"), "ch"),
        arguments(frame("resync").put("ch", "hall:newest:20"), "ch"),
        arguments(frame("watch"), "rooms"),
        arguments(frame("watch").put("rooms", "all"), "rooms"),
        arguments(frame("watch").put("rooms", new JsonArray().add(5)), "rooms[0]"),
        arguments(frame("watch").put("rooms", new JsonArray().add(NOBODYS).add("r")), "rooms[1]"),
        arguments(frame("like").put("room", NOBODYS).put("n", 21), "n"),
        arguments(frame("like").put("room", NOBODYS).put("n", 0), "n"),
        arguments(frame("like").put("room", NOBODYS).put("n", "3"), "n"),
        arguments(frame("like").put("n", 3), "room"),
        arguments(frame("like").put("room", NOBODYS).put("count", 3), "count"),
        arguments(frame("enter"), "room"),
        arguments(frame("enter").put("room", "r81"), "room"),
        arguments(frame("enter").put("room", NOBODYS).put("name", ""), "name"),
        arguments(frame("enter").put("room", NOBODYS).put("name", "x".repeat(65)), "name"),
        arguments(frame("enter").put("room", NOBODYS).put("avatarUrl", "ftp://a/b"), "avatarUrl"),
        arguments(frame("enter").put("room", NOBODYS).put("id", "somebody"), "id"),
        arguments(frame("leave"), "room"),
        arguments(frame("leave").put("room", NOBODYS).put("n", 1), "n"),
        arguments(frame("ping").put("at", 5), "at"));
  }
}
