package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is in a room, over REST: counted once, however often he says so. */
class ViewersTest {
  private static TestServer server;
  private static App app;
  private static int hosts;

  @BeforeAll
  static void start() {
    server = TestServer.start("ROOMS_POLLEVERY", "1h");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoEntersTwiceAndLeavesTwiceIsCountedOnce() {
    App.Own room = live();

    IntStream.range(0, 40).parallel().forEach(i -> App.good(fan("same").enter(room, "同一个")));
    App.good(fan("other").enter(room));

    assertThat(total(room)).isEqualTo(2);
    soon(() -> assertThat(app.find(room).getInteger("viewers")).isEqualTo(2));
    IntStream.range(0, 40)
        .parallel()
        .forEach(i -> assertThat(fan("same").leave(room).status()).isEqualTo(204));
    assertThat(total(room)).isEqualTo(1);
    soon(() -> assertThat(app.find(room).getInteger("viewers")).isEqualTo(1));
    App.good(fan("same").enter(room));
    assertThat(total(room)).isEqualTo(2);
    assertThat(summary(room)).isEqualTo(counted(2, 2));
  }

  @Test
  void toLeaveARoomInWhichOneIsNotChangesNothingForAnybody() {
    App.Own room = live();

    IntStream.range(0, 100)
        .parallel()
        .forEach(
            i -> {
              Fan one = fan("crowd" + i);
              App.Reply reply = i % 2 == 0 ? one.enter(room) : one.leave(room);
              assertThat(reply.status()).isEqualTo(204);
            });

    assertThat(total(room)).isEqualTo(50);
    assertThat(summary(room)).isEqualTo(counted(50, 50));
  }

  @Test
  void aViewerIsShownByNameAndPictureOrByHisId() {
    App.Own room = live();
    String picture = "https://img.example/lin.jpg";
    App.good(fan("nameless").enter(room));
    String both = new JsonObject().put("name", " 小林 ").put("avatarUrl", picture).encode();
    App.good(app.send(app.request("PUT", room.path() + "/viewers/me", App.token("lin"), both)));

    assertThat(Fan.page(app, room, ""))
        .isEqualTo(
            new JsonObject()
                .put(
                    "viewers",
                    new JsonArray()
                        .add(shown("lin", "小林", picture))
                        .add(shown("nameless", "nameless", null)))
                .put("total", 2)
                .putNull("nextCursor"));
    App.good(fan("lin").enter(room));
    App.good(fan("lin").stay(room));
    App.good(fan("nameless").enter(room, "有名"));
    assertThat(Fan.names(Fan.page(app, room, ""))).containsExactlyInAnyOrder("小林", "有名");
    assertThat(total(room)).isEqualTo(2);
  }

  @Test
  void aViewerInTwoRoomsIsInBoth() {
    App.Own one = live();
    App.Own two = live();
    App.good(fan("both").enter(one));
    App.good(fan("both").enter(two));
    App.good(fan("guest").enter(two));

    assertThat(total(one)).isEqualTo(1);
    assertThat(total(two)).isEqualTo(2);
    App.good(fan("both").leave(two));
    assertThat(Fan.names(Fan.page(app, one, ""))).containsExactly("both");
    assertThat(Fan.names(Fan.page(app, two, ""))).containsExactly("guest");
    assertThat(summary(one)).isEqualTo(counted(1, 1));
    assertThat(summary(two)).isEqualTo(counted(2, 2));
  }

  @Test
  void theSummaryTellsHowManyCameAndHowManyWereThereAtOnce() {
    App.Own room = live();
    List.of("a", "b", "c").forEach(user -> App.good(fan(user).enter(room)));
    App.good(fan("a").leave(room));
    App.good(fan("d").enter(room));
    App.good(fan("b").leave(room));
    App.good(fan("a").enter(room));
    App.good(fan("c").leave(room));

    JsonObject closed = App.good(app.close(room)).json();

    JsonObject summary = closed.getJsonObject("summary");
    assertThat(summary.getInteger("peakViewers")).isEqualTo(3);
    assertThat(summary.getInteger("visits")).isEqualTo(4);
    assertThat(closed.getJsonObject("room").getInteger("viewers")).isZero();
    assertThat(app.find(room).getInteger("viewers")).isZero();
    assertThat(App.good(app.get(room.path() + "/summary")).json().getJsonObject("summary"))
        .isEqualTo(summary);
  }

  @Test
  void aRoomIsEnteredOnceItWasOnAirAndUntilItCloses() {
    App.Own room = app.open("air");
    assertRefused(room, "ROOM_NOT_LIVE");
    assertThat(fan("v").leave(room).status()).isEqualTo(204);

    app.up(room);
    soon(() -> assertThat(app.state(room)).isEqualTo("live"));
    App.good(fan("early").enter(room));
    app.down(room);
    soon(() -> assertThat(app.state(room)).isEqualTo("interrupted"));
    soon(() -> assertThat(fan("late").enter(room).status()).isEqualTo(204));
    App.good(fan("early").stay(room));
    assertThat(Fan.names(Fan.page(app, room, ""))).containsExactly("late", "early");
    App.good(fan("late").leave(room));

    assertThat(summary(room)).isEqualTo(counted(2, 2));
    soon(() -> assertRefused(room, "ROOM_CLOSED"));
    assertThat(fan("early").leave(room).status()).isEqualTo(204);
    assertThat(fan("never").leave(room).status()).isEqualTo(204);
    for (String id : List.of("r00000000000000a", "nonsense")) {
      var unknown = new App.Own(id, "nobody");
      assertRefused(unknown, "ROOM_NOT_FOUND");
      assertThat(fan("v").leave(unknown).code()).isEqualTo("ROOM_NOT_FOUND");
    }
  }

  @Test
  void anyRoleMayEnterAndNobodyWithoutAGoodToken() {
    App.Own room = live();
    for (Role role : Role.values()) {
      App.good(new Fan(app, "of-" + role, role).enter(room));
    }
    App.good(fan(room.host()).enter(room));
    assertThat(total(room)).isEqualTo(Role.values().length + 1);

    for (Fan nobody : List.of(new Fan(app, null), new Fan(app, "Bearer x.y.z"))) {
      for (App.Reply reply :
          List.of(
              nobody.enter(room), nobody.enter(room, "x"), nobody.stay(room), nobody.leave(room))) {
        assertThat(reply.status()).isEqualTo(401);
      }
    }
    assertThat(app.get(room.path() + "/viewers", "Bearer x.y.z").code()).isEqualTo("TOKEN_INVALID");
    assertThat(app.get(room.path() + "/viewers", App.token("any")).status()).isEqualTo(200);
    assertThat(total(room)).isEqualTo(Role.values().length + 1);
  }

  private static void assertRefused(App.Own room, String code) {
    assertThat(fan("v").enter(room).code()).isEqualTo(code);
    assertThat(fan("v").stay(room).code()).isEqualTo(code);
    assertThat(app.get(room.path() + "/viewers").code()).isEqualTo(code);
  }

  private static JsonObject shown(String id, String name, String avatarUrl) {
    return new JsonObject().put("id", id).put("name", name).put("avatarUrl", avatarUrl);
  }

  private static JsonObject counted(int peakViewers, int visits) {
    return new JsonObject().put("likes", 0).put("peakViewers", peakViewers).put("visits", visits);
  }

  /** What is counted for good, without the time that it took. */
  private static JsonObject summary(App.Own room) {
    JsonObject summary = App.good(app.close(room)).json().getJsonObject("summary");
    summary.remove("durationSeconds");
    return summary;
  }

  private static int total(App.Own room) {
    return Fan.page(app, room, "?limit=1").getInteger("total");
  }

  private static Fan fan(String user) {
    return Fan.of(app, user);
  }

  private static App.Own live() {
    return app.openLive("host" + hosts++);
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(5, TimeUnit.SECONDS)
        .untilAsserted(assertion);
  }
}
