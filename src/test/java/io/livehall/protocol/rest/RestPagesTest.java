package io.livehall.protocol.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestPagesTest {
  private static final RestStage STAGE = new RestStage(RestStage.Kind.USUAL);

  @AfterAll
  static void close() {
    STAGE.close();
  }

  @Test
  void contractIsServedForPeopleAndForPrograms() {
    assertThat(STAGE.ask("GET", "/openapi.yaml").send().body()).isNotEmpty();

    JsonObject contract = STAGE.ask("GET", "/openapi.json").send(200);

    assertThat(contract.getString("openapi")).startsWith("3.1");
    assertThat(contract.getJsonObject("paths").getJsonObject("/v1/rooms").getJsonObject("get"))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html",
    "/docs, text/html",
    "/openapi.yaml, application/yaml",
    "/asyncapi.yaml, application/yaml",
    "/asyncapi.json, application/json"
  })
  void pageMayLoadNothingFromElsewhere(String path, String type) {
    HttpResponse<byte[]> page = STAGE.ask("GET", path).send();

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "content-type")).startsWith(type);
    assertThat(header(page, "content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'");
    assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
    HttpResponse<byte[]> again =
        STAGE.ask("GET", path).with("If-None-Match", header(page, "etag")).send();
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/v1",
        "/v1/rooms/a/b/c",
        "/web/index.html",
        "/index.html/..%2f..%2fapplication.properties",
        "/..%2f..%2fetc/passwd",
        "/db/001_rooms.sql",
        "/livehall.json",
        "/logback.xml"
      })
  void whatIsNotThereIsNotFound(String path) {
    assertThat(STAGE.ask("GET", path).refusal()).isEqualTo("404 NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /v1/rooms, 'GET, HEAD, OPTIONS, POST'",
    "PUT, /v1/rooms/r00000000000000x, 'GET, HEAD, OPTIONS, PATCH'",
    "GET, /v1/accounts, 'OPTIONS, POST'",
    "POST, /, 'GET, HEAD, OPTIONS'",
    "GET, /dev/streams/abc/up, 'OPTIONS, POST'"
  })
  void otherMethodIsToldWhichThereAre(String method, String path, String allowed) {
    assertThat(STAGE.ask(method, path).refusal()).isEqualTo("405 METHOD_NOT_ALLOWED");
    assertThat(header(STAGE.ask(method, path).send(), "allow")).isEqualTo(allowed);
  }

  @Test
  void pagesOfOthersMayCall() {
    HttpResponse<byte[]> asked =
        STAGE
            .ask("OPTIONS", "/v1/rooms")
            .with("Origin", "https://app.example")
            .with("Access-Control-Request-Method", "POST")
            .send();

    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(header(asked, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(asked, "access-control-allow-methods")).contains("POST");
    assertThat(header(asked, "access-control-allow-headers"))
        .contains("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match");
    for (String path : List.of("/v1/rooms", "/v1/config", "/nothing")) {
      assertThat(header(STAGE.ask("GET", path).send(), "access-control-allow-origin"))
          .isEqualTo("*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/rooms/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET nothing HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/config HTTP/1.1\r\nHost: a<b>\r\n\r\n",
        "GET /v1/config HTTP/1.1\r\nHost:\r\n\r\n",
        "GET /v1/config HTTP/1.1\r\n\r\n",
        "GARBAGE\r\n\r\n",
        "POST /v1/rooms HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "BREW /v1/rooms HTTP/1.1\r\nHost: a\r\n\r\n"
      })
  void oddRequestIsTheCallersFault(String request) {
    assertThat(RawHttp.firstLine(STAGE.port(), request)).matches("HTTP/1.[01] 4.*");
  }

  @Test
  void longLinesAndHeadersAreRefused() {
    String line = "GET /v1/rooms?tag=" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    String headers = "GET /v1/rooms HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";

    assertThat(RawHttp.firstLine(STAGE.port(), line)).contains(" 414 ");
    assertThat(RawHttp.firstLine(STAGE.port(), headers)).contains(" 431 ");
  }

  @Test
  void pushAddressFollowsTheNameUnderWhichWeAreReached() {
    String request = "GET /v1/config HTTP/1.1\r\nHost: live.example:8080\r\n\r\n";

    String answer = RawHttp.exchange(STAGE.port(), request, "}", 1);

    assertThat(answer).contains("\"pushUrl\":\"ws://live.example:8082/v1/live\"");
  }

  @Test
  void developmentRoutesAreAbsentOutsideSimulatedMode() {
    try (RestStage real = new RestStage(new RestStage.Kind(true, true, false, 1_000))) {
      assertThat(real.ask("POST", "/dev/streams/8888_abc/up").refusal()).isEqualTo("404 NOT_FOUND");
      assertThat(real.ask("GET", "/dev/streams/8888_abc/up").refusal()).isEqualTo("404 NOT_FOUND");
    }
    assertThat(STAGE.ask("POST", "/dev/streams/A-B/up").refusal()).isEqualTo("400 INVALID");
  }

  @Test
  void withoutAccountsOfOurOwnThereAreNoSessions() {
    JsonObject mei = new JsonObject().put("userId", "mei").put("password", "correct-horse");
    try (RestStage outside = new RestStage(new RestStage.Kind(true, false, true, 1_000))) {
      assertThat(outside.ask("POST", "/v1/accounts").json(mei).refusal())
          .isEqualTo("404 NOT_FOUND");
      assertThat(outside.ask("POST", "/v1/sessions").json(mei).refusal())
          .isEqualTo("404 NOT_FOUND");
    }
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
