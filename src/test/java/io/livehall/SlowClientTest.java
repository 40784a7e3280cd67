package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that do not read, in a hall of rooms with many words that change all the time. */
class SlowClientTest {
  private static final int ROOMS = 10;
  private static final String CHANNEL = "hall:newest:10";

  /** The window that the client's end offers is small, so that it is full soon. */
  private static final int RECEIVE_BYTES = 4096;

  /** The kernel's share counts twice, once at each end; then the queue, and a frame under way. */
  private static final int UNREAD_MAX = 256 * 1024 + ROOMS * 8192;

  private static TestServer patient;
  private static TestServer strict;

  @BeforeAll
  static void start() {
    patient =
        TestServer.start(
            "HALL_TICKEVERY", "10ms", "HALL_WATCHEVERY", "50ms", "ROOMS_POLLEVERY", "1h");
    strict =
        TestServer.start("PUSH_SLOWFOR", "1s", "HALL_TICKEVERY", "10ms", "ROOMS_POLLEVERY", "1h");
  }

  @AfterAll
  static void stop() {
    Stream.of(patient, strict).forEach(TestServer::close);
  }

  @Test
  void whoReadsAgainInTimeIsToldWhatIsAndNobodyWaitsForHim() {
    App app = patient.app();
    App.Own aside = app.openLive("aside");
    var crowd = new Crowded(patient, ROOMS);
    try (PushClient slow = slow(patient);
        PushClient other = patient.viewer()) {
      for (PushClient client : List.of(slow, other)) {
        client.ask(subHall("newest", ROOMS), "snap");
        client.ask(frame("watch").put("rooms", new JsonArray().add(aside.id())), "count");
      }

      double skipped = skipped(patient);
      crowd.changeUntil(() -> skipped(patient) > skipped, other);
      patient.tell(aside.id(), 5, 50);
      JsonObject counted = other.await("count");

      slow.await("snap");
      assertThat(slow.await("count")).isEqualTo(counted);
      var shown = new ShownHall(CHANNEL);
      await().untilAsserted(() -> shown.follow(slow).assertShows(app.list("?limit=" + ROOMS)));
      assertThat(slow.wire().bytesRead()).isLessThan(UNREAD_MAX);
    }
  }

  @Test
  void whoReadsNoMoreIsClosedAndFindsOutWhyWhenHeDoes() {
    var crowd = new Crowded(strict, ROOMS);
    double closed = closed(strict, "4008");
    try (PushClient slow = slow(strict);
        PushClient other = strict.viewer()) {
      slow.ask(subHall("newest", ROOMS), "snap");
      other.ask(subHall("newest", ROOMS), "snap");

      crowd.changeUntil(() -> closed(strict, "4008") > closed, other);
      await().until(() -> strict.ops().metric("livehall_push_connections") == 1);

      assertThat(slow.closeCode()).isEqualTo(4008);
      assertThat(slow.wire().bytesRead()).isLessThan(UNREAD_MAX);
    }
  }

  @Test
  void aNoticeThatCannotBeWrittenEndsTheSocket() {
    var crowd = new Crowded(patient, ROOMS);
    double closed = closed(patient, "4009");
    try (PushClient slow = slow(patient);
        PushClient other = patient.viewer()) {
      slow.ask(subHall("newest", ROOMS), "snap");
      for (App.Own room : crowd.rooms.subList(0, 7)) {
        slow.ask(subRoom(room.id()), "room");
      }
      other.ask(subHall("newest", ROOMS), "snap");

      crowd.changeUntil(() -> closed(patient, "4009") > closed, other);

      assertThat(slow.closeCode()).isEqualTo(4009);
      assertThat(slow.wire().bytesRead()).isLessThan(UNREAD_MAX);
    }
  }

  @Test
  void whileALargeViewIsUnderWayNoticesWaitBehindIt() {
    var crowd = new Crowded(patient, 8 * ROOMS);
    App.Own room = crowd.rooms.get(0);
    try (PushClient slow = slow(patient);
        PushClient other = patient.viewer()) {
      slow.ask(subRoom(room.id()), "room");
      other.ask(subRoom(room.id()), "room");

      slow.say(subHall("newest", 100));
      for (int i = 0; i < 3; i++) {
        App.good(crowd.app.edit(room, new JsonObject().put("title", "Title " + i)));
        other.await("changed");
      }

      assertThat(slow.await("snap").getJsonArray("rooms")).hasSizeGreaterThan(7 * ROOMS);
      for (int i = 0; i < 3; i++) {
        JsonObject told = slow.await("changed").getJsonObject("room");
        assertThat(told.getString("title")).isEqualTo("Title " + i);
      }
    }
  }

  private static PushClient slow(TestServer server) {
    return PushClient.on(new PushWire(server.pushPort(), RECEIVE_BYTES, "127.0.0.1")).hello();
  }

  private static double skipped(TestServer server) {
    return server.ops().metric("livehall_push_skipped_total{result=\"delta\"}");
  }

  private static double closed(TestServer server, String code) {
    return server.ops().metric("livehall_push_closed_total{result=\"" + code + "\"}");
  }

  /** Rooms with as many words as there may be. */
  private static final class Crowded {
    private final App app;
    private final List<App.Own> rooms = new ArrayList<>();
    private int changes;

    private Crowded(TestServer server, int count) {
      app = server.app();
      for (int i = 0; i < count; i++) {
        App.Own room = app.open("crowd" + i, words());
        App.good(app.live(room));
        rooms.add(room);
      }
    }

    /** Somebody who reads is told of each change at once. */
    private void changeUntil(BooleanSupplier isEnough, PushClient other) {
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (!isEnough.getAsBoolean()) {
        assertThat(System.nanoTime()).isLessThan(end);
        JsonObject wish = words();
        App.good(app.edit(rooms.get(changes % rooms.size()), wish));
        long begun = System.nanoTime();
        other.await(
            said ->
                "delta".equals(said.getString("t"))
                    && said.encode().contains(wish.getString("title")));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      }
    }

    private JsonObject words() {
      var tags = new JsonArray();
      for (int i = 0; i < 8; i++) {
        tags.add("標".repeat(31) + i);
      }
      return new JsonObject()
          .put("title", "題".repeat(110) + changes++)
          .put("location", "地".repeat(128))
          .put("coverUrl", "https://pictures.example.com/" + "p".repeat(900))
          .put("tags", tags);
    }
  }
}
