package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole run against a server whose one room is edited behind the viewers' backs, or not. */
class LoadRunTest {
  private final MockServer server = new MockServer();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Stop stop = new Stop();

  @BeforeEach
  void answer() {
    server.answers(
        "GET /v1/config", () -> new JsonObject().put("pushUrl", server.place().push().toString()));
    server.answers("GET /v1/rooms", () -> page(1));
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void isAllRightWhenEveryViewerShowsTheList() {
    Result result = run("--viewers", "2", "--hosts", "0", "--seconds", "1");

    assertThat(result.isGood()).isTrue();
    assertThat(result.judgement().right()).isEqualTo(2);
    assertThat(result.judgement().confirmed()).isEqualTo(2);
    assertThat(Report.lines(result))
        .contains("  ended with the right list  2 of 2", "ALL RIGHT")
        .anyMatch(line -> line.matches("  wrong frames +0"));
  }

  @Test
  void isNotRightWhenAViewerShowsAnotherList() {
    server.answers("GET /v1/rooms", () -> page(2));

    Result result = run("--viewers", "1", "--hosts", "0", "--seconds", "1");

    assertThat(result.isGood()).isFalse();
    assertThat(Report.lines(result))
        .contains(
            "  ended with the right list  0 of 1",
            "    viewer 0 at 5 shows [r1:1]; the API at 5 says [r1:2]",
            "NOT ALL RIGHT");
  }

  @Test
  void isNotRightWhenAFrameWasWrong() {
    Result result =
        run(
            List.of(Sent.mark(5, 9, "00000000"), Sent.snap(5, Sent.room("r1", 1))),
            "--viewers",
            "1",
            "--hosts",
            "0",
            "--seconds",
            "1");

    assertThat(result.judgement().right()).isEqualTo(1);
    assertThat(result.isGood()).isFalse();
    assertThat(Report.lines(result)).anyMatch(line -> line.endsWith("1: wrong_hash 1"));
  }

  @Test
  void isNotRightWhenARoomHasFewerLikesThanWereAnswered() {
    JsonObject room = new JsonObject().put("room", Sent.room("r1", 1));
    JsonObject push = new JsonObject().put("url", "rtmp://push.example/live/8888_r1");
    server.answers("POST /v1/rooms", () -> room.copy().put("push", push));
    server.answers("POST /dev/streams/8888_r1/up", JsonObject::new);
    server.answers("GET /v1/rooms/r1", () -> room);

    Result result =
        run(
            "--viewers",
            "1",
            "--hosts",
            "1",
            "--churn",
            "0",
            "--likes",
            "5",
            "--seconds",
            "1",
            "--token-key",
            "k");

    assertThat(result.judgement().isGood()).isTrue();
    assertThat(result.isGood()).isFalse();
    assertThat(Report.lines(result))
        .contains("  rooms with the likes       0 of 1")
        .anyMatch(line -> line.matches("    r1 has 0 likes; . sent, . answered"));
  }

  @Test
  void aStopEndsTheMeasuringAndStillTells() {
    var running =
        CompletableFuture.supplyAsync(
            () -> run("--viewers", "1", "--hosts", "0", "--seconds", "600"));
    await().until(() -> printed.toString(StandardCharsets.UTF_8).contains("measuring"));

    stop.now();

    Result result = running.join();
    assertThat(result.measured().time().toSeconds()).isLessThan(10);
    assertThat(Report.lines(result)).contains("Verdict");
  }

  @Test
  void doesNotRunWithoutAServer() {
    server.close();

    assertThatThrownBy(() -> run("--hosts", "0"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("no server");
  }

  @Test
  void doesNotRunWhereNoHostGetsIn() {
    server.answers("POST /v1/rooms", () -> new JsonObject().put("code", "TOKEN_INVALID"));

    assertThatThrownBy(() -> run("--hosts", "1", "--token-key", "k"))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("TOKEN_INVALID");
  }

  private Result run(String... words) {
    return run(List.of(), words);
  }

  /** Each viewer gets the snap, and then the other frames. */
  private Result run(List<String> frames, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--limit", "3", "--base", server.place().base().toString()));
    LoadOptions options = Arguments.parse(all, null);
    var serving = new Thread(() -> serve(options.viewers().count(), frames), "serving");
    serving.setDaemon(true);
    serving.start();
    try {
      var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
      return new LoadRun(options, out, stop).run();
    } finally {
      serving.interrupt();
    }
  }

  private void serve(int viewers, List<String> frames) {
    for (int i = 0; i < viewers; i++) {
      MockServer.Client client = server.next();
      client.welcomes();
      client.says(Sent.snap(5, Sent.room("r1", 1)));
      frames.forEach(client::says);
      if (i == viewers - 1 && frames.isEmpty()) {
        answerLikes(client);
      }
    }
  }

  /** Of the last viewer, as long as the run lasts. */
  private static void answerLikes(MockServer.Client client) {
    try {
      while (true) {
        String room = client.hears().getString("room");
        client.says("{\"t\":\"liked\",\"room\":\"" + room + "\",\"n\":1}");
      }
    } catch (IllegalStateException over) {
      // The run is over.
    }
  }

  private static JsonObject page(long version) {
    return new JsonObject()
        .put("rooms", JsonArray.of(Sent.room("r1", version)))
        .put("total", 1)
        .put("asOf", new JsonObject().put("epoch", Sent.EPOCH).put("seq", 5));
  }
}
