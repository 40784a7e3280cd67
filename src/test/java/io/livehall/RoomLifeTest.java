package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life of a room on one node, from outside, in good weather. */
class RoomLifeTest {
  private static TestServer server;
  private static App app;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRoomIsListedWhileItsStreamIsUpAndEndsWithASummary() {
    App.Own room = app.open("mei");
    assertThat(app.state(room)).isEqualTo("created");
    assertThat(app.listed()).doesNotContain(room.id());

    app.up(room);
    soon(() -> assertThat(app.listed()).contains(room.id()));
    String liveAt = app.find(room).getString("liveAt");

    app.down(room);
    soon(() -> assertThat(app.listed()).doesNotContain(room.id()));
    assertThat(app.state(room)).isEqualTo("interrupted");

    app.up(room);
    soon(() -> assertThat(app.listed()).contains(room.id()));
    assertThat(app.find(room).getString("liveAt")).isEqualTo(liveAt);

    JsonObject closed = App.good(app.close(room)).json();
    assertThat(closed.getJsonObject("room").getString("closeReason")).isEqualTo("HOST_ENDED");
    assertThat(app.listed()).doesNotContain(room.id());
    JsonObject summary = App.good(app.get(room.path() + "/summary")).json();
    assertThat(summary.getJsonObject("summary")).isEqualTo(closed.getJsonObject("summary"));
  }

  @Test
  void theHostsWordListsARoomBeforeItsAnswerIsThere() {
    for (int i = 0; i < 30; i++) {
      App.Own room = app.openLive("quick" + i);
      assertThat(app.listed()).contains(room.id());

      App.good(app.edit(room, new JsonObject().put("title", "New title " + i)));
      assertThat(app.get("/v1/rooms?limit=100").body()).contains("\"New title " + i + "\"");

      App.good(app.close(room));
      assertThat(app.listed()).doesNotContain(room.id());
    }
  }

  @Test
  void aClosedRoomStaysClosed() {
    App.Own room = app.openLive("over");
    app.up(room);
    App.good(app.close(room));
    JsonObject before = app.find(room);

    assertThat(app.live(room).code()).isEqualTo("ROOM_CLOSED");
    assertThat(app.beat(room).status()).isEqualTo(409);
    assertThat(app.close(room).status()).isEqualTo(200);
    app.down(room);
    app.up(room);
    soon(() -> assertThat(settledCallbacks(room)).isEqualTo(3));

    assertThat(app.find(room)).isEqualTo(before);
    assertThat(app.listed()).doesNotContain(room.id());
  }

  @Test
  void aHostsNextRoomReplacesHisLast() {
    App.Own first = app.openLive("twice");
    App.Own second = app.openLive("twice");

    assertThat(app.find(first).getString("closeReason")).isEqualTo("REPLACED");
    assertThat(app.listed()).contains(second.id()).doesNotContain(first.id());
  }

  @Test
  void theSameKeyOpensOneRoom() {
    String body = "{\"title\":\"once\"}";
    var replies =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    app.send(
                        app.request("POST", "/v1/rooms", App.token("again"), body)
                            .header("Idempotency-Key", "k1")))
            .toList();

    assertThat(replies).extracting(App.Reply::status).containsOnly(201);
    assertThat(replies).extracting(App.Reply::body).containsOnly(replies.get(0).body());
    assertThat(server.number("select count(*) from room where host_id = 'again'")).isEqualTo(1);
  }

  @Test
  void evidenceSaysWhyForTheHost() {
    App.Own room = app.open("why");
    app.up(room);
    soon(() -> assertThat(app.state(room)).isEqualTo("live"));
    App.good(app.live(room));
    App.good(app.beat(room));

    JsonObject answer = app.evidence(room);

    assertThat(answer.getString("state")).isEqualTo("live");
    assertThat(answer.getString("because")).contains("stream is up");
    assertThat(
            answer.getJsonArray("evidence").stream().map(e -> ((JsonObject) e).getString("source")))
        .contains("callback", "host", "heartbeat");
  }

  @Test
  void tagsChooseAndNewestComesFirst() {
    List<String> tagged = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      var wish = new JsonObject().put("title", "t" + i);
      App.Own room =
          app.open("tag" + i, wish.put("tags", new JsonArray().add(i % 2 == 0 ? "偶数" : "odd")));
      App.good(app.live(room));
      if (i % 2 == 0) {
        tagged.add(0, room.id());
      }
    }

    JsonObject page = app.list("?tag=%E5%81%B6%E6%95%B0");

    assertThat(App.ids(page)).isEqualTo(tagged);
    assertThat(page.getInteger("total")).isEqualTo(3);
    assertThat(app.listed().stream().filter(tagged::contains)).isEqualTo(tagged);
    assertThat(App.ids(app.list("?sort=hot&tag=odd"))).hasSize(3);
  }

  @Test
  void pagesNeitherRepeatNorSkipARoomWhileOthersComeAndGo() {
    List<App.Own> rooms = IntStream.range(0, 40).mapToObj(i -> app.openLive("page" + i)).toList();
    List<App.Own> stay = rooms.stream().filter(room -> rooms.indexOf(room) % 2 == 0).toList();

    for (String sort : List.of("newest", "hot")) {
      List<String> seen = new ArrayList<>();
      String query = "?sort=" + sort + "&limit=7";
      JsonObject page = app.list(query);
      for (int i = 0; page != null; i++) {
        seen.addAll(App.ids(page));
        App.good(app.close(app.openLive("passing" + sort + i)));
        App.good(app.close(rooms.get(2 * (i % 20) + 1)));
        app.openLive("coming" + sort + i);
        String next = page.getString("nextCursor");
        page = next == null ? null : app.list(query + "&cursor=" + next);
      }

      assertThat(seen).doesNotHaveDuplicates();
      assertThat(new HashSet<>(seen)).containsAll(stay.stream().map(App.Own::id).toList());
    }
  }

  @Test
  void anUnchangedListIsNotSentAgain() {
    app.openLive("etag");
    App.Reply first = app.get("/v1/rooms?tag=nobody-uses-this");
    String etag = first.headers().firstValue("ETag").orElseThrow();

    App.Reply second =
        app.send(
            app.request("GET", "/v1/rooms?tag=nobody-uses-this", null, null)
                .header("If-None-Match", etag));

    boolean isSame = second.status() == 304 && second.body().isEmpty();
    boolean hasMovedOn = !second.headers().firstValue("ETag").orElseThrow().equals(etag);
    assertThat(isSame || hasMovedOn).isTrue();
  }

  private static long settledCallbacks(App.Own room) {
    return server.number(
        "select count(*) from callback where state <> 'new' and stream = '" + room.stream() + "'");
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(assertion);
  }
}
