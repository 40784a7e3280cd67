package io.livehall.protocol.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.UserId;
import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each route, asked by each kind of caller. */
class RestRoutesTest {
  private static final RestStage STAGE = new RestStage(RestStage.Kind.USUAL);

  @AfterAll
  static void close() {
    STAGE.close();
  }

  @ParameterizedTest
  @CsvSource({
    // route, body, host, another user, moderator
    "POST /v1/rooms/{id}/live,, 200, 403, 403",
    "POST /v1/rooms/{id}/heartbeat,, 204, 403, 403",
    "POST /v1/rooms/{id}/push-url,, 200, 403, 403",
    "PATCH /v1/rooms/{id}, {\"title\":\"new\"}, 200, 403, 403",
    "POST /v1/rooms/{id}/close,, 200, 403, 403",
    "GET /v1/rooms/{id}/evidence,, 200, 403, 200",
    "POST /v1/rooms/{id}/likes,, 200, 200, 200",
    "POST /v1/rooms/{id}/likes, {\"count\":20}, 200, 200, 200",
    "POST /v1/rooms/{id}/likes?, {\"count\":21}, 400, 400, 400",
    "PUT /v1/rooms/{id}/viewers/me,, 204, 204, 204",
    "PUT /v1/rooms/{id}/viewers/me, {\"name\":\"小美\"}, 204, 204, 204",
    "POST /v1/rooms/{id}/viewers/me/heartbeat,, 204, 204, 204",
    "DELETE /v1/rooms/{id}/viewers/me,, 204, 204, 204",
    "POST /v1/rooms, {\"title\":\"t\"}, 201, 201, 201",
    "DELETE /v1/sessions/me,, 204, 204, 204",
  })
  void routeThatWantsATokenLooksWhoCalls(
      String route, String body, int host, int other, int moderator) {
    String id = STAGE.room("host-" + System.nanoTime(), true);
    String owner =
        STAGE
            .ask("GET", "/v1/rooms/" + id)
            .send(200)
            .getJsonObject("room")
            .getJsonObject("host")
            .getString("id");
    String path = route.replace("{id}", id);
    var strangers = RestStage.tokens("another-key-another-key-another-k", Clock.systemUTC());
    String forged = strangers.issue(new UserId(owner), Role.ADMIN);
    String old = RestStage.tokensOfThePast().issue(new UserId(owner), Role.USER);

    assertThat(ask(path, body, null).refusal()).isEqualTo("401 TOKEN_MISSING");
    assertThat(ask(path, body, old).refusal()).isEqualTo("401 TOKEN_EXPIRED");
    assertThat(ask(path, body, forged).refusal()).isEqualTo("401 TOKEN_INVALID");
    assertThat(ask(path, body, "x.y.z").refusal()).isEqualTo("401 TOKEN_INVALID");
    assertThat(status(path, body, STAGE.token("other", Role.USER))).isEqualTo(other);
    assertThat(status(path, body, STAGE.token("mod", Role.MODERATOR))).isEqualTo(moderator);
    assertThat(status(path, body, STAGE.token(owner, Role.USER))).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /v1/rooms,, 200",
    "GET /v1/rooms/{id},, 200",
    "GET /v1/rooms/{id}/summary,, 409",
    "GET /v1/rooms/{id}/viewers,, 200",
    "GET /v1/rooms/{id}/viewers?limit=0,, 400",
  })
  void viewerNeedsNoTokenButABadOneIsRefused(String route, String body, int expected) {
    String path = route.replace("{id}", STAGE.room("viewed-" + System.nanoTime(), true));
    String old = RestStage.tokensOfThePast().issue(new UserId("mei"), Role.USER);

    assertThat(status(path, body, null)).isEqualTo(expected);
    assertThat(status(path, body, STAGE.token("mei", Role.USER))).isEqualTo(expected);
    assertThat(ask(path, body, old).refusal()).isEqualTo("401 TOKEN_EXPIRED");
    assertThat(ask(path, body, "x.y.z").refusal()).isEqualTo("401 TOKEN_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /v1/config,, 200",
    "GET /v1/status,, 200",
    "POST /dev/streams/8888_abc/up,, 200",
    "POST /dev/streams/8888_abc/down,, 200",
  })
  void openRouteLooksAtNoToken(String route, String body, int expected) {
    assertThat(status(route, body, null)).isEqualTo(expected);
    assertThat(status(route, body, "x.y.z")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "POST /v1/rooms/{id}/live,",
    "POST /v1/rooms/{id}/heartbeat,",
    "POST /v1/rooms/{id}/push-url,",
    "PATCH /v1/rooms/{id}, {\"title\":\"new\"}",
    "POST /v1/rooms/{id}/close,",
    "GET /v1/rooms/{id}/evidence,",
    "GET /v1/rooms/{id}/summary,",
    "POST /v1/rooms/{id}/likes,",
    "GET /v1/rooms/{id}/viewers,",
    "PUT /v1/rooms/{id}/viewers/me,",
    "DELETE /v1/rooms/{id}/viewers/me,",
    "POST /v1/rooms/{id}/viewers/me/heartbeat,",
    "GET /v1/rooms/{id},",
  })
  void roomThatIsNotThereIsNotFound(String route, String body) {
    String token = STAGE.token("mei", Role.ADMIN);

    for (String id : Set.of("r00000000000000x", "nonsense", "R00000000000000X", "%2Fetc", "r%00")) {
      assertThat(ask(route.replace("{id}", id), body, token).refusal())
          .as(id)
          .isEqualTo("404 ROOM_NOT_FOUND");
    }
  }

  @Test
  void roomLivesFromOpeningToSummary() {
    String token = STAGE.token("story", Role.USER);
    JsonObject wish =
        new JsonObject()
            .put("title", "  夜空下的吉他  ")
            .put("coverUrl", "https://img.example/c.jpg")
            .put("location", "深圳")
            .put("tags", new JsonArray().add("music").add("吉他").add("music"))
            .put("host", new JsonObject().put("name", "小美"));
    var opened = STAGE.ask("POST", "/v1/rooms").by(token).json(wish).send();
    JsonObject answer = new JsonObject(io.vertx.core.buffer.Buffer.buffer(opened.body()));
    JsonObject room = answer.getJsonObject("room");
    String path = "/v1/rooms/" + room.getString("id");

    assertThat(opened.headers().firstValue("cache-control")).contains("no-store");
    assertThat(room.getString("state")).isEqualTo("created");
    assertThat(room.getString("title")).isEqualTo("夜空下的吉他");
    assertThat(room.getJsonArray("tags")).isEqualTo(new JsonArray().add("music").add("吉他"));
    assertThat(room.getJsonObject("host"))
        .isEqualTo(new JsonObject().put("id", "story").put("name", "小美").putNull("avatarUrl"));
    assertThat(answer.getJsonObject("push").getString("url")).contains("txSecret=");
    assertThat(answer.getInteger("heartbeatSeconds")).isEqualTo(60);
    assertThat(room.encode()).doesNotContain("txSecret").doesNotContain("closedAt");

    JsonObject live = STAGE.ask("POST", path + "/live").by(token).send(200).getJsonObject("room");
    assertThat(live.getString("state")).isEqualTo("live");
    assertThat(STAGE.ask("GET", path).send(200).getJsonObject("room")).isEqualTo(live);
    assertThat(STAGE.ask("GET", "/v1/rooms?limit=100").send(200).getJsonArray("rooms"))
        .contains(live);
    JsonObject evidence = STAGE.ask("GET", path + "/evidence").by(token).send(200);
    assertThat(evidence.getString("because")).startsWith("The host says");
    assertThat(evidence.getJsonArray("evidence").getJsonObject(0).getString("says"))
        .isEqualTo("live");

    JsonObject closed = STAGE.ask("POST", path + "/close").by(token).send(200);
    assertThat(closed.getJsonObject("room").getString("closeReason")).isEqualTo("HOST_ENDED");
    assertThat(STAGE.ask("POST", path + "/close").by(token).send(200)).isEqualTo(closed);
    assertThat(STAGE.ask("GET", path + "/summary").send(200).getJsonObject("summary"))
        .isEqualTo(closed.getJsonObject("summary"));
    assertThat(STAGE.ask("GET", path).send(200).getJsonObject("room"))
        .isEqualTo(closed.getJsonObject("room"));
    assertThat(STAGE.ask("POST", path + "/live").by(token).refusal()).isEqualTo("409 ROOM_CLOSED");
  }

  @Test
  void sameKeyGivesTheSameRoomAndAnotherWishIsRefused() {
    JsonObject wish = new JsonObject().put("title", "once");
    String token = STAGE.token("careful", Role.USER);

    JsonObject first = opening(token, "key 1", wish).send(201);
    JsonObject again = opening(token, "key 1", wish.copy().put("title", " once ")).send(201);

    assertThat(again).isEqualTo(first);
    assertThat(opening(token, "key 1", wish.copy().put("location", "x")).refusal())
        .isEqualTo("409 KEY_REUSED");
    assertThat(opening(token, "", wish).refusal()).isEqualTo("400 INVALID");
    assertThat(opening(token, "k".repeat(129), wish).refusal()).isEqualTo("400 INVALID");
  }

  @Test
  void accountLeadsToATokenThatOpensARoom() {
    JsonObject mei =
        new JsonObject().put("userId", "mei@example.org").put("password", "correct-horse");
    assertThat(STAGE.ask("POST", "/v1/accounts").json(mei).send(201))
        .isEqualTo(new JsonObject().put("userId", "mei@example.org"));
    assertThat(STAGE.ask("POST", "/v1/accounts").json(mei).refusal())
        .isEqualTo("409 ACCOUNT_EXISTS");
    assertThat(
            STAGE
                .ask("POST", "/v1/sessions")
                .json(mei.copy().put("password", "wrong-horse"))
                .refusal())
        .isEqualTo("401 WRONG_PASSWORD");

    JsonObject session = STAGE.ask("POST", "/v1/sessions").json(mei).send(200);

    assertThat(session.getInteger("expiresInSeconds")).isEqualTo(3600);
    assertThat(session.getString("pushUrl")).isEqualTo("ws://127.0.0.1:8082/v1/live");
    STAGE
        .ask("POST", "/v1/rooms")
        .by(session.getString("token"))
        .json(new JsonObject().put("title", "t"))
        .send(201);
    JsonObject old = new JsonObject().put("refreshToken", session.getString("refreshToken"));
    JsonObject next = STAGE.ask("POST", "/v1/sessions/refresh").json(old).send(200);
    STAGE.ask("DELETE", "/v1/sessions/me").by(next.getString("token")).send(204);
    JsonObject over = new JsonObject().put("refreshToken", next.getString("refreshToken"));
    assertThat(STAGE.ask("POST", "/v1/sessions/refresh").json(over).refusal())
        .isEqualTo("401 TOKEN_INVALID");
  }

  @Test
  void statusTellsWhatIsNotWell() {
    JsonObject status = STAGE.ask("GET", "/v1/status").send(200);

    assertThat(status.getString("name")).isEqualTo("Livehall");
    assertThat(status.getBoolean("well")).isFalse();
    assertThat(status.getJsonObject("checks").getJsonObject("redis").getString("detail"))
        .isEqualTo("is away");
    assertThat(status.getJsonObject("asOf").getString("epoch")).isNotEmpty();
    assertThat(status.getString("startedAt")).isEqualTo("2026-11-20T12:00:00.000Z");
  }

  private static RestAsk opening(String token, String key, JsonObject wish) {
    return STAGE.ask("POST", "/v1/rooms").by(token).with("Idempotency-Key", key).json(wish);
  }

  private static int status(String route, String body, String token) {
    return ask(route, body, token).send().statusCode();
  }

  private static RestAsk ask(String route, String body, String token) {
    String[] parts = route.split(" ", 2);
    RestAsk ask = STAGE.ask(parts[0], parts[1]);
    if (body != null) {
      ask.json(new JsonObject(body));
    }
    return token == null ? ask : ask.by(token);
  }
}
