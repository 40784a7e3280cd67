package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Likes that are said on a socket: each is counted and answered, or refused. */
class PushLikesTest {
  private static final String NOBODYS = "r000000000000000";

  private static TestServer server;
  private static App app;
  private static int hosts;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "PUSH_MESSAGESPERMINUTE",
            "100000",
            "HALL_COUNTEVERY",
            "50ms",
            "COUNTERS_TELLEVERY",
            "50ms",
            "ROOMS_POLLEVERY",
            "1h");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aLikeIsAnsweredOnceItIsCountedAndThenSeen() {
    App.Own room = live();
    try (PushClient seeing = server.viewer();
        PushClient liking = server.guest("ana")) {
      seeing.ask(subRoom(room.id()), "room");

      assertThat(liking.ask(like(room).put("n", 3), "liked")).isEqualTo(liked(room, 3));
      assertThat(seeing.await("count").getJsonArray("rooms"))
          .containsExactly(new JsonArray().add(room.id()).add(0).add(3));
      assertThat(liking.ask(like(room), "liked")).isEqualTo(liked(room, 1));
      await().until(() -> likes(room) == 4);
    }
  }

  @Test
  void likesThatComeOneBehindTheOtherAreAnsweredTogether() {
    App.Own room = live();
    try (PushClient client = server.guest("ana")) {
      client.say(Stream.generate(() -> like(room)).limit(60));

      int answers = 0;
      for (int sum = 0; sum < 60; answers++) {
        sum += client.await("liked").getInteger("n");
        assertThat(sum).isLessThanOrEqualTo(60);
      }
      assertThat(answers).isLessThan(60);
      assertThat(client.unseen()).isEmpty();
      await().until(() -> likes(room) == 60);
    }
  }

  @Test
  void likesOfManyRoomsAreEachAnswered() {
    List<App.Own> rooms = Stream.generate(PushLikesTest::live).limit(20).toList();
    try (PushClient client = server.guest("ana")) {
      client.say(rooms.stream().map(room -> like(room).put("n", 2)));

      List<JsonObject> answers = new ArrayList<>();
      rooms.forEach(room -> answers.add(client.await("liked")));

      assertThat(answers)
          .containsExactlyInAnyOrderElementsOf(rooms.stream().map(r -> liked(r, 2)).toList());
      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void whateverTheRateWhoSeesTheListHearsOfLikesOnceATick() {
    List<App.Own> rooms = Stream.generate(PushLikesTest::live).limit(5).toList();
    try (PushClient seeing = server.viewer();
        PushClient liking = server.guest("ana")) {
      seeing.ask(subHall("newest", 50), "snap");
      long begun = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        rooms.forEach(room -> liking.say(Stream.generate(() -> like(room)).limit(4)));
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
      }
      await().until(() -> rooms.stream().allMatch(room -> likes(room) == 80));
      Map<String, Integer> shown = new HashMap<>();
      while (shown.values().stream().filter(likes -> likes == 80).count() < rooms.size()) {
        for (Object row : seeing.await("count").getJsonArray("rooms")) {
          shown.put(((JsonArray) row).getString(0), ((JsonArray) row).getInteger(2));
        }
      }

      long ticks = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 50 + 1;
      assertThat(seeing.frames().stream().filter(frame -> frame.getString("t").equals("count")))
          .hasSizeLessThanOrEqualTo((int) ticks);
    }
  }

  @Test
  void whoLikesTooMuchGetsHisLimitAndDisturbsNobody() {
    App.Own room = live();
    try (PushClient greedy = server.guest("greedy");
        PushClient modest = server.guest("modest")) {
      long begun = System.nanoTime();
      greedy.say(Stream.generate(() -> like(room).put("n", 20)).limit(50));

      JsonObject error = greedy.await("error");
      assertThat(error.getString("code")).isEqualTo("RATE_LIMITED");
      assertThat(error.getString("room")).isEqualTo(room.id());
      assertThat(error.getBoolean("retry")).isTrue();
      assertThat(modest.ask(like(room).put("n", 20), "liked")).isEqualTo(liked(room, 20));
      assertThat(modest.unseen()).isEmpty();

      // His bucket fills again, for him who goes on.
      greedy.say(like(room));
      await()
          .until(
              () -> {
                greedy.say(like(room));
                return greedy.unseen().stream().anyMatch(f -> f.getString("t").equals("liked"));
              });
      long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 1;
      assertThat(sum(greedy)).isBetween(100, (int) (100 + 20 * seconds));
      await().until(() -> likes(room) == 20 + sum(greedy));
    }
  }

  @Test
  void aFloodOfRefusedLikesMakesNoFloodOfErrors() {
    App.Own room = live();
    try (PushClient client = server.guest("flood")) {
      client.say(Stream.generate(() -> like(room).put("n", 20)).limit(6));
      client.await("error");

      long begun = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        client.say(Stream.generate(() -> like(room).put("n", 20)).limit(20));
        client.ask(frame("ping"), "pong");
      }
      client.say(like(room).put("n", 20));
      client.await("error");

      long tenths = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 100;
      assertThat(frames(client, "error")).isLessThanOrEqualTo((int) tenths + 3);
      assertThat(frames(client, "liked")).isLessThanOrEqualTo((int) tenths + 9);
    }
  }

  static Stream<Arguments> roomsThatAreNotLiked() {
    App.Own closed = live();
    App.good(app.close(closed));
    App.Own interrupted = app.open("likes" + hosts++);
    app.up(interrupted);
    await().until(() -> app.state(interrupted).equals("live"));
    app.down(interrupted);
    await().until(() -> app.state(interrupted).equals("interrupted"));
    return Stream.of(
        arguments(NOBODYS, "ROOM_NOT_FOUND"),
        arguments(app.open("likes" + hosts++).id(), "ROOM_NOT_LIVE"),
        arguments(interrupted.id(), "ROOM_NOT_LIVE"),
        arguments(closed.id(), "ROOM_CLOSED"));
  }

  @ParameterizedTest
  @MethodSource("roomsThatAreNotLiked")
  void onlyARoomOnAirIsLiked(String room, String code) {
    try (PushClient client = server.guest("ana")) {
      JsonObject error = client.ask(frame("like").put("room", room), "error");

      assertThat(error.getString("code")).isEqualTo(code);
      assertThat(error.getString("room")).isEqualTo(room);
      assertThat(error.getBoolean("retry")).isFalse();
      assertThat(client.ask(frame("like").put("room", room), "error")).isEqualTo(error);
      client.ask(subHall("newest", 1), "snap");
    }
  }

  @Test
  void whoComesWithAnotherTokenLikesAsSomebodyElse() {
    App.Own room = live();
    try (PushClient client = server.guest("first")) {
      client.say(Stream.generate(() -> like(room).put("n", 20)).limit(6));
      client.await("error");

      client.hello(TestServer.pass("second"));
      client.say(like(room).put("n", 20));

      client.await(liked(room, 20)::equals);
      client.hello();
      JsonObject error = client.ask(like(room), "error");
      assertThat(error.getString("code")).isEqualTo("TOKEN_MISSING");
    }
  }

  @ParameterizedTest
  @CsvSource({"like", "enter"})
  void whileRedisIsAwayItIsRefusedAtOnceAndTheSocketStays(String type) {
    try (TestServer alone =
            TestServer.start("REDIS_URI", "redis://127.0.0.1:1", "ROOMS_POLLEVERY", "1h");
        PushClient client = alone.guest("ana")) {
      App.Own room = alone.app().openLive("away");

      long begun = System.nanoTime();
      JsonObject error = client.ask(frame(type).put("room", room.id()), "error");

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      assertThat(error.getString("code")).isEqualTo("UNAVAILABLE");
      assertThat(error.getString("room")).isEqualTo(room.id());
      assertThat(error.getBoolean("retry")).isTrue();
      client.ask(subHall("newest", 1), "snap");
    }
  }

  private static JsonObject like(App.Own room) {
    return frame("like").put("room", room.id());
  }

  private static JsonObject liked(App.Own room, int n) {
    return frame("liked").put("room", room.id()).put("n", n);
  }

  private static App.Own live() {
    return app.openLive("likes" + hosts++);
  }

  private static long likes(App.Own room) {
    return app.find(room).getLong("likes");
  }

  private static int sum(PushClient client) {
    return client.frames().stream()
        .filter(frame -> frame.getString("t").equals("liked"))
        .mapToInt(frame -> frame.getInteger("n"))
        .sum();
  }

  private static int frames(PushClient client, String type) {
    return (int)
        client.frames().stream().filter(frame -> frame.getString("t").equals(type)).count();
  }
}
