package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Paths, queries and cursors that nobody should send: an answer to each, and never our fault. */
class BadAddressTest {
  private static final long SEED = 20261120;

  private static TestServer server;
  private static App app;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    app = server.app();
    for (int i = 0; i < 5; i++) {
      app.openLive("listed" + i);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void badParametersAreNamed() {
    for (String query :
        List.of(
            "limit=0",
            "limit=101",
            "limit=-1",
            "limit=1e1",
            "limit=",
            "limit=99999999999999",
            "limit=%20",
            "sort=oldest",
            "sort=",
            "sort=NEWEST",
            "tag=a%20b",
            "tag=%00",
            "cursor=x",
            "cursor=%00",
            "limit=5&limit=5",
            "surprise=1",
            "tag=" + "x".repeat(33),
            "cursor=" + "A".repeat(3_000))) {
      App.Reply reply = app.get("/v1/rooms?" + query);
      assertThat(reply.status()).as(query + " " + reply.body()).isEqualTo(400);
      String name = query.substring(0, query.indexOf('='));
      assertThat(reply.json().getJsonArray("errors").getJsonObject(0).getString("field"))
          .isEqualTo(name);
    }
  }

  @Test
  void aCursorOfAnotherListIsRefusedOrGivesAPage() {
    String cursor = app.list("?limit=2").getString("nextCursor");
    for (String query : List.of("sort=hot", "tag=music", "sort=hot&tag=music")) {
      assertThat(app.get("/v1/rooms?" + query + "&cursor=" + cursor).status()).isIn(200, 400);
    }
  }

  @Test
  void spoiltCursorsAreNeverOurFault() {
    var random = new Random(SEED);
    String good = app.list("?limit=2").getString("nextCursor");
    for (int i = 0; i < 500; i++) {
      var spoilt = new StringBuilder(good);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int at = random.nextInt(spoilt.length());
        switch (random.nextInt(3)) {
          case 0 -> spoilt.setCharAt(at, (char) (33 + random.nextInt(94)));
          case 1 -> spoilt.deleteCharAt(at);
          default -> spoilt.insert(at, (char) random.nextInt(0x3000));
        }
      }
      String query = "?limit=2&cursor=" + encoded(spoilt.toString());
      assertThat(app.get("/v1/rooms" + query).status()).as(query).isIn(200, 400);
    }
  }

  @Test
  void randomQueriesAreNeverOurFault() {
    var random = new Random(SEED);
    var names = List.of("limit", "sort", "tag", "cursor", "x", "");
    var values = List.of("1", "100", "newest", "hot", "a", "", "-1", "NaN", "🎤", "'", "\u0000");
    for (int i = 0; i < 500; i++) {
      List<String> parts = new ArrayList<>();
      for (int part = random.nextInt(4); part >= 0; part--) {
        parts.add(
            names.get(random.nextInt(names.size()))
                + (random.nextInt(8) == 0 ? "" : "=")
                + encoded(values.get(random.nextInt(values.size()))));
      }
      String query = String.join(random.nextInt(9) == 0 ? ";" : "&", parts);
      assertThat(app.get("/v1/rooms?" + query).status()).as(query).isIn(200, 400);
    }
  }

  @Test
  void badIdsAreNotFound() {
    String token = App.token("host");
    for (String id :
        List.of(
            "x",
            "%00",
            "r%00",
            "..%2f..",
            "%2e%2e",
            "R00000000000000A",
            "r0000000000000000",
            "%F0%9F%8E%A4",
            "%ff",
            "r".repeat(1_000),
            "'%20or%201=1--",
            "null")) {
      for (String path :
          List.of(
              "/v1/rooms/" + id, "/v1/rooms/" + id + "/summary", "/v1/rooms/" + id + "/evidence")) {
        App.Reply reply = app.get(path, token);
        assertThat(reply.status()).as(path + " " + reply.body()).isIn(400, 404);
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
      }
      assertThat(app.post("/v1/rooms/" + id + "/live", token, "").status()).isIn(400, 404);
      // Some of them could be a stream's name.
      assertThat(app.post("/dev/streams/" + id + "/down", null, "").status()).isIn(200, 400, 404);
    }
  }

  @Test
  void whatIsNoAddressAtAllIsTurnedAway() {
    var raw = server.raw();
    for (String target :
        List.of(
            "/v1/rooms/%",
            "/v1/rooms/%zz",
            "/v1/rooms?%",
            "/v1/rooms?cursor=%zz",
            "/v1/rooms?limit=%",
            "/v1/rooms/%c0%af",
            "//v1//rooms/../..",
            "/v1/rooms/\u00ff",
            "/v1/rooms?tag=\u00e4",
            "*",
            "http://[::1/v1/rooms",
            "/v1/rooms/" + "x".repeat(20_000),
            "/v1/rooms?cursor=" + "x".repeat(20_000))) {
      String shown = target.substring(0, Math.min(40, target.length()));
      assertThat(RawCall.status(raw.get(target))).as(shown).isBetween(200, 499);
    }
    assertThat(app.get("/v1/rooms").status()).isEqualTo(200);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
