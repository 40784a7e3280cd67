package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostTest {
  private final MockServer server = new MockServer();
  private Scene scene;
  private Host host;

  @BeforeEach
  void setStage() {
    play(server.place());
    server.answers("POST /v1/rooms", HostTest::opened);
    server.answers("POST /dev/streams/8888_r1/up", JsonObject::new);
    server.answers("POST /dev/streams/8888_r1/down", JsonObject::new);
    server.answers("POST /v1/rooms/r1/live", JsonObject::new);
    server.answers("PATCH /v1/rooms/r1", JsonObject::new);
    server.answers(
        "POST /v1/rooms/r1/close",
        () ->
            new JsonObject().put("room", new JsonObject().put("closedAt", "2026-11-21T12:00:00Z")));
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void goesLiveByTheSimulatedCloudAndEndsTheStreamToo() {
    host.open();
    String onStage = scene.stage().any(new Random(1));
    host.edit();
    host.close();

    assertThat(onStage).isEqualTo("r1");
    assertThat(server.calls())
        .containsExactly(
            "POST /v1/rooms title,tags",
            "POST /dev/streams/8888_r1/up",
            "PATCH /v1/rooms/r1 title",
            "POST /v1/rooms/r1/close",
            "POST /dev/streams/8888_r1/down");
    assertThat(host.hasRoom()).isFalse();
    assertThat(scene.stage().size()).isZero();
    assertThat(scene.tally().names("call")).containsEntry("well", 5L);
  }

  @Test
  void goesLiveByHisWordWhereThatIsAsked() {
    play(server.place(), "--say-live");

    host.open();

    assertThat(server.calls()).endsWith("POST /v1/rooms/r1/live");
    assertThat(scene.stage().size()).isEqualTo(1);
  }

  @Test
  void withoutASimulatedCloudHeSaysWhatToDo() {
    server.answersNoMore("POST /dev/streams/8888_r1/up");

    assertThatThrownBy(host::open)
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("--say-live");
  }

  @Test
  void forgetsARoomThatTheServerHasClosed() {
    host.open();
    server.answers("PATCH /v1/rooms/r1", () -> new JsonObject().put("code", "ROOM_CLOSED"));

    host.edit();

    assertThat(host.hasRoom()).isFalse();
    assertThat(scene.stage().size()).isZero();
  }

  @Test
  void sendsAHeartbeatAsOftenAsHeIsTold() {
    assertThat(host.beatSeconds()).isZero();

    host.open();
    host.beat();

    assertThat(host.beatSeconds()).isEqualTo(60);
    assertThat(server.calls()).endsWith("POST /v1/rooms/r1/heartbeat");
  }

  @Test
  void leavesANodeThatDoesNotAnswer() {
    var gone = new MockServer();
    Place nobody = gone.place();
    gone.close();
    play(nobody, server.place());

    host.open();

    assertThat(host.hasRoom()).isTrue();
    assertThat(scene.tally().names("call")).containsEntry("NO_ANSWER", 1L);
  }

  private void play(Place place, String... words) {
    scene = new Scene(Arguments.parse(List.of(words), null), List.of(place));
    host = new Host(scene, new Api(), () -> "token", 0);
  }

  private void play(Place first, Place second) {
    scene = new Scene(Arguments.parse(List.of(), null), List.of(first, second));
    host = new Host(scene, new Api(), () -> "token", 0);
  }

  private static JsonObject opened() {
    return new JsonObject()
        .put("room", Sent.room("r1", 1))
        .put("push", new JsonObject().put("url", "rtmp://h/live/8888_r1?txSecret=a/b&txTime=c"))
        .put("heartbeatSeconds", 60);
  }
}
