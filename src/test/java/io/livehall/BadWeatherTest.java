package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** What becomes of rooms when the cloud, or their hosts, let us down. */
class BadWeatherTest {

  @Test
  void withoutAnyCallbackPollsBringARoomBackAndThreeOfThemEndIt() {
    try (var server = TestServer.start("TENCENT_SIMULATOR_LOSE", "1", "ROOMS_POLLEVERY", "200ms")) {
      App app = server.app();
      App.Own room = app.open("unheard");
      app.up(room);
      App.good(app.live(room));
      soon(() -> assertThat(seenUpAt(server, room)).isEqualTo(1));

      app.down(room);
      soon(() -> assertThat(app.find(room).getString("closeReason")).isEqualTo("STREAM_LOST"));

      assertThat(app.listed()).doesNotContain(room.id());
      assertThat(polls(app, room, "inactive")).isGreaterThanOrEqualTo(3);
      assertThat(server.number("select count(*) from callback")).isZero();
    }
  }

  @Test
  void aLostCallbackOfAReturnIsMadeUpForByAPoll() {
    try (var server = TestServer.start("ROOMS_POLLEVERY", "2s", "TENCENT_SIMULATOR_SEED", "1")) {
      App app = server.app();
      App.Own room = app.open("returns");
      app.up(room);
      soon(() -> assertThat(app.state(room)).isEqualTo("live"));
      app.down(room);
      soon(() -> assertThat(app.state(room)).isEqualTo("interrupted"));

      // The phone is back, and nobody tells.
      server.sql("update simulated_stream set is_up = true where stream = '" + room.stream() + "'");

      soon(() -> assertThat(app.listed()).contains(room.id()));
    }
  }

  @Test
  void aRoomThatNobodyStartsIsClosedAndWasNeverListed() {
    try (var server = TestServer.start("ROOMS_STARTWITHIN", "500ms", "ROOMS_POLLEVERY", "200ms")) {
      App app = server.app();
      App.Own idle = app.open("idle");
      App.Own started = app.open("started");
      app.up(started);

      soon(() -> assertThat(app.find(idle).getString("closeReason")).isEqualTo("NEVER_STARTED"));

      assertThat(app.find(idle).getString("liveAt")).isNull();
      assertThat(server.number(logOf(idle) + " and event <> 'CLOSED'")).isZero();
      assertThat(app.state(started)).isEqualTo("live");
    }
  }

  @Test
  void withoutAnswersFromTheCloudOnlyASilentHostLosesHisRoom() {
    try (var server =
        TestServer.start(
            "TENCENT_SIMULATOR_FAILQUERIES",
            "1",
            "ROOMS_HEARTBEATEVERY",
            "300ms",
            "ROOMS_POLLEVERY",
            "200ms")) {
      App app = server.app();
      App.Own neverBeats = app.openLive("calm");
      App.Own pushes = app.openLive("pushes");
      app.up(pushes);
      soon(() -> assertThat(app.evidence(pushes).encode()).contains("callback"));
      App.good(app.beat(pushes));
      App.Own silent = app.openLive("silent");
      App.good(app.beat(silent));

      soon(() -> assertThat(app.find(silent).getString("closeReason")).isEqualTo("HOST_LOST"));

      soon(() -> assertThat(polls(app, neverBeats, "unknown")).isGreaterThanOrEqualTo(6));
      soon(() -> assertThat(polls(app, pushes, "unknown")).isGreaterThanOrEqualTo(6));
      assertThat(app.listed()).containsExactlyInAnyOrder(neverBeats.id(), pushes.id());
    }
  }

  @Test
  void doubledLateAndReorderedCallbacksLeaveEachRoomAsItsStreamIs() {
    try (var server =
        TestServer.start(
            "TENCENT_SIMULATOR_DUPLICATE",
            "0.5",
            "TENCENT_SIMULATOR_DELAY",
            "0.5",
            "TENCENT_SIMULATOR_DELAYMAX",
            "1s",
            "TENCENT_SIMULATOR_REORDER",
            "0.3")) {
      App app = server.app();
      var random = new Random(20261120);
      List<App.Own> rooms = IntStream.range(0, 12).mapToObj(i -> app.open("storm" + i)).toList();
      long sent = 0;
      for (App.Own room : rooms) {
        for (int pushes = 1 + random.nextInt(4); pushes > 0; pushes--) {
          app.up(room);
          app.down(room);
          sent += 2;
        }
        if (rooms.indexOf(room) % 2 == 0) {
          app.up(room);
          sent++;
        }
      }

      // Each at least once, and all of them acted on.
      long all = sent;
      soon(
          () ->
              assertThat(
                      server.number(
                          "select count(distinct (body::json->>'sequence') || event_type)"
                              + " from callback where state <> 'new'"))
                  .isEqualTo(all));
      soon(
          () ->
              assertThat(server.number("select count(*) from callback where state = 'new'"))
                  .isZero());

      assertThat(server.number("select count(*) from callback")).isGreaterThan(all);
      for (App.Own room : rooms) {
        boolean isUp = rooms.indexOf(room) % 2 == 0;
        assertThat(app.state(room)).isEqualTo(isUp ? "live" : "interrupted");
        assertThat(app.listed().contains(room.id())).isEqualTo(isUp);
      }
    }
  }

  private static long seenUpAt(TestServer server, App.Own room) {
    return server.number(
        "select count(*) from room where seen_up_at is not null and id = '" + room.id() + "'");
  }

  private static String logOf(App.Own room) {
    return "select count(*) from room_log where id = '" + room.id() + "'";
  }

  private static long polls(App app, App.Own room, String says) {
    return app.evidence(room).getJsonArray("evidence").stream()
        .map(word -> (io.vertx.core.json.JsonObject) word)
        .filter(word -> word.getString("source").equals("poll"))
        .filter(word -> word.getString("says").equals(says))
        .count();
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(30))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(assertion);
  }
}
