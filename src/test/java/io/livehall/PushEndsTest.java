package io.livehall;

import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a socket ends where nothing wrong was said, or nothing at all. */
class PushEndsTest {
  private static TestServer server;
  private static App ops;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "PUSH_HELLOWITHIN", "500ms", "PUSH_PINGEVERY", "1s", "ROOMS_POLLEVERY", "1h");
    ops = server.ops();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** So that each test counts its own. */
  @AfterEach
  void awaitNobody() {
    await()
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(ops.metric("livehall_push_connections")).isZero());
  }

  @Test
  void whoSaysNoHelloInTimeIsClosed() {
    double closed = closed("4400");
    try (PushClient client = PushClient.connect(server.pushPort());
        PushWire silent = new PushWire(server.pushPort());
        PushWire slow = new PushWire(server.pushPort())) {
      slow.send("GET /v1/live HTTP/1.1\r\nHost: ".getBytes(ISO_8859_1));
      long begun = System.nanoTime();

      assertThat(client.await("error").getString("message")).contains("hello");
      assertThat(client.closeCode()).isEqualTo(4400);
      assertThat(silent.rest()).isEmpty();
      assertThat(slow.rest()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(450), Duration.ofSeconds(3));
      assertThat(closed("4400")).isEqualTo(closed + 3);
    }
  }

  @Test
  void whoDoesNotAnswerIsGoneAndWhoDoesStays() {
    double silent = closed("silent");
    try (PushClient dead = server.viewer();
        PushClient deaf = server.viewer();
        PushClient alive = server.viewer()) {
      deaf.say("no longer");
      alive.ask(subHall("newest", 20), "snap");

      await()
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                alive.frames();
                return ops.metric("livehall_push_connections") == 1;
              });

      assertThat(alive.unseen()).isEmpty();
      assertThat(closed("silent")).isEqualTo(silent + 1);
      assertThat(dead.closeCode()).isEqualTo(1006);
      assertThat(deaf.closeCode()).isEqualTo(4400);
    }
  }

  @Test
  void aCloseIsAnsweredByTheSame() {
    double closed = closed("client");
    for (byte[] reason : new byte[][] {{}, {3, -24}, {15, -96, 'b', 'y', 'e'}}) {
      try (PushClient client = server.viewer()) {
        client.ask(subHall("newest", 20), "snap");

        client.wire().send(PushWire.CLOSE, reason);
        PushWire.Frame echo = client.wire().next(Duration.ofSeconds(5));

        assertThat(echo.kind()).isEqualTo(PushWire.CLOSE);
        assertThat(echo.payload()).isEqualTo(reason);
        assertThat(client.wire().next(Duration.ofSeconds(5))).isNull();
      }
    }
    assertThat(closed("client")).isEqualTo(closed + 3);
  }

  @Test
  void aConnectionThatBreaksOffLeavesNothing() {
    App.Own room = server.app().openLive("torn");
    double closed = closed("client");
    PushClient client = server.viewer();
    client.ask(subHall("newest", 20).put("tag", "torn"), "snap");
    client.ask(subRoom(room.id()), "room");
    double views = ops.metric("livehall_push_views");
    double rooms = ops.metric("livehall_push_rooms");

    client.wire().send(new byte[] {(byte) 0x81, (byte) 0x8C, 1, 2});
    client.wire().reset();

    await().untilAsserted(() -> assertThat(closed("client")).isEqualTo(closed + 1));
    await()
        .untilAsserted(
            () -> {
              assertThat(ops.metric("livehall_push_views")).isEqualTo(views - 1);
              assertThat(ops.metric("livehall_push_rooms")).isEqualTo(rooms - 1);
            });
  }

  private static double closed(String result) {
    return ops.metric("livehall_push_closed_total{result=\"" + result + "\"}");
  }
}
