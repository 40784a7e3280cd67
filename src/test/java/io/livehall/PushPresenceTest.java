package io.livehall;

import static io.livehall.PushClient.enter;
import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.redis.RedisCounters;
import io.livehall.service.Presence;
import io.livehall.service.port.CounterStore.Step;
import io.livehall.service.port.CounterStore.Visits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who comes and goes is named in the room's channel; and who is here stays, whatever is said. */
class PushPresenceTest {
  private static TestServer server;
  private static App app;
  private static int hosts;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "HALL_COUNTEVERY", "20ms", "COUNTERS_TELLEVERY", "20ms", "ROOMS_POLLEVERY", "1h");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoComesAndGoesIsNamedAsHeWants() {
    App.Own room = live();
    try (PushClient seeing = server.viewer();
        PushClient named = server.guest("jie");
        PushClient plain = server.guest("ana_92")) {
      seeing.ask(subRoom(room.id()), "room");

      JsonObject asHeWants =
          enter(room.id()).put("name", "阿杰 \"J\"").put("avatarUrl", "https://img.example/jie.jpg");
      named.ask(asHeWants, "entered");
      var jie =
          new JsonObject()
              .put("id", "jie")
              .put("name", "阿杰 \"J\"")
              .put("avatarUrl", "https://img.example/jie.jpg");
      assertThat(seeing.await("joined")).isEqualTo(moved("joined", room, jie));

      plain.ask(enter(room.id()), "entered");
      var ana = new JsonObject().put("id", "ana_92").put("name", "ana_92").putNull("avatarUrl");
      assertThat(seeing.await("joined")).isEqualTo(moved("joined", room, ana));

      named.close();
      assertThat(seeing.await("left")).isEqualTo(moved("left", room, jie));
    }
  }

  @Test
  void onlyTheRoomsChannelHearsOfIt() {
    App.Own room = live();
    App.Own other = live();
    try (PushClient watching = server.viewer();
        PushClient elsewhere = server.viewer();
        PushClient seeing = server.viewer();
        PushClient viewer = server.guest("jie")) {
      watching.ask(frame("watch").put("rooms", new JsonArray().add(room.id())), "count");
      elsewhere.ask(subRoom(other.id()), "room");
      seeing.ask(subRoom(room.id()), "room");

      viewer.ask(enter(room.id()), "entered");

      seeing.await("joined");
      for (PushClient client : List.of(watching, elsewhere, viewer)) {
        assertThat(client.unseen()).extracting(f -> f.getString("t")).doesNotContain("joined");
      }
    }
  }

  /** As two who count may tell it at the same moment. */
  @Test
  void beyondTwentyNamesASecondOnlyTheCountersTell() {
    App.Own room = live();
    try (PushClient seeing = server.viewer()) {
      seeing.ask(subRoom(room.id()), "room");

      long begun = System.nanoTime();
      for (int teller = 0; teller < 3; teller++) {
        server.tell(came(room, 20 * teller, 20));
      }
      server.tell(room.id(), 60, 1);
      seeing.await("count");

      List<String> names = new ArrayList<>();
      seeing.frames().stream()
          .filter(frame -> frame.getString("t").equals("joined"))
          .forEach(joined -> names.addAll(names(joined)));
      double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
      assertThat(names)
          .startsWith(IntStream.range(0, 20).mapToObj(i -> "user" + i).toArray(String[]::new))
          .hasSizeLessThanOrEqualTo((int) (20 + 20 * seconds));

      await()
          .until(
              () -> {
                server.tell(came(room, 100, 1));
                return seeing.unseen().stream().anyMatch(f -> f.getString("t").equals("joined"));
              });
    }
  }

  /** Long before his lease would be renewed. */
  @Test
  void whoLeftElsewhereAndIsStillHereIsInTheRoom() {
    App.Own room = live();
    var id = new RoomId(room.id());
    var ana = new UserId("ana");
    RedisCounters store = TestStores.counters(TestStores.vertx());
    try (PushClient client = server.guest("ana");
        PushClient seeing = server.viewer()) {
      seeing.ask(subRoom(room.id()), "room");
      client.ask(enter(room.id()).put("name", "Ana"), "entered");
      assertThat(names(seeing.await("joined"))).containsExactly("Ana");

      TestStores.await(store.visit(List.of(new Visits(id, List.of(new Step.Leave(ana))))));
      assertThat(TestStores.await(store.members(id, 0, 10)).viewers()).isEmpty();
      server.tell(
          new Presence(
              List.of(new Presence.Moves(id, List.of(), List.of(new Viewer(ana, "Ana", null))))));

      assertThat(names(seeing.await("left"))).containsExactly("Ana");
      assertThat(names(seeing.await("joined"))).containsExactly("Ana");
      assertThat(TestStores.await(store.members(id, 0, 10)).viewers())
          .containsExactly(new Viewer(ana, "Ana", null));
    } finally {
      TestStores.await(store.close());
    }
  }

  static List<String> names(JsonObject moved) {
    return moved.getJsonArray("users").stream()
        .map(user -> ((JsonObject) user).getString("name"))
        .toList();
  }

  private static Presence came(App.Own room, int first, int count) {
    List<Viewer> users =
        IntStream.range(first, first + count)
            .mapToObj(i -> new Viewer(new UserId("user" + i), null, null))
            .toList();
    return new Presence(
        List.of(
            new Presence.Moves(new RoomId(room.id()), new ArrayList<>(users), new ArrayList<>())));
  }

  private static JsonObject moved(String what, App.Own room, JsonObject user) {
    return frame(what).put("room", room.id()).put("users", new JsonArray().add(user));
  }

  private static App.Own live() {
    return app.openLive("presence" + hosts++);
  }
}
