package io.livehall.protocol.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.service.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, the answer is 4xx, names the field, and nothing has changed. */
class RestInputTest {
  private static final RestStage STAGE = new RestStage(RestStage.Kind.USUAL);
  private static final String TOKEN = STAGE.token("mei", Role.USER);

  /** The routes that take a body, each with one that it accepts. */
  private static final List<Arguments> ROUTES =
      List.of(
          Arguments.of("POST /v1/rooms", "title"),
          Arguments.of("PATCH /v1/rooms/r00000000000000x", "title"),
          Arguments.of("POST /v1/accounts", "userId"),
          Arguments.of("POST /v1/sessions", "userId"),
          Arguments.of("POST /v1/sessions/refresh", "refreshToken"));

  @AfterAll
  static void close() {
    STAGE.close();
  }

  static Stream<Arguments> routes() {
    return ROUTES.stream();
  }

  static Stream<Arguments> badTexts() {
    return ROUTES.stream()
        .flatMap(
            route ->
                Stream.of(
                        "7",
                        "true",
                        "[]",
                        "{}",
                        "[\"a\"]",
                        "{\"title\":\"x\"}",
                        "1e999",
                        "\"a\\u0000b\"",
                        "\"a\\u0007bcdefgh\"",
                        "\"line\\nbreak\"",
                        "\"del\\u007f-----\"",
                        "\"c1\\u0085------\"",
                        "\"half\\ud800----\"",
                        "\"\"",
                        "\"" + "x".repeat(50_000) + "\"",
                        "\"" + "😀".repeat(1_100) + "\"")
                    .map(value -> Arguments.of(route.get()[0], route.get()[1], value)));
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void badValueIsRefusedByName(String route, String field, String value) {
    HttpResponse<byte[]> response = send(route, "{\"" + field + "\":" + value + "}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(fields(response)).contains(field);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void unknownFieldsAreAllNamed(String route, String field) {
    HttpResponse<byte[]> response =
        send(route, "{\"" + field + "\":7,\"unknown\":1,\"__proto__\":{},\"a\\u0000b\":null}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(fields(response)).contains(field, "unknown", "__proto__", "a?b");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void whatIsNoJsonObjectIsInvalid(String route, String field) {
    List<String> bodies =
        List.of(
            "",
            " ",
            "null",
            "7",
            "\"a\"",
            "[]",
            "[{}]",
            "{",
            "}",
            "{\"" + field + "\":}",
            "{\"" + field + "\":\"a\"} x",
            "{\"" + field + "\":\"a\"}{}",
            "{'" + field + "':'a'}",
            "{" + field + ":\"a\"}",
            "{\"" + field + "\":NaN}",
            "<a/>",
            "{\"a\":".repeat(10_000),
            "[".repeat(60_000),
            "{\"" + field + "\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}",
            "{\"" + field + "\":" + "9".repeat(50_000) + "}");

    for (String body : bodies) {
      HttpResponse<byte[]> response = send(route, body);
      assertThat(response.statusCode()).as(shortened(body)).isEqualTo(400);
      assertThat(problem(response).getString("code")).isEqualTo("INVALID");
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void whatIsNotUtf8IsInvalid(String route, String field) {
    byte[] text = ("{\"" + field + "\":\"?\"}").getBytes(UTF_8);
    text[text.length - 3] = (byte) 0xff;

    assertThat(ask(route).body("application/json", text).refusal()).isEqualTo("400 INVALID");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void whatIsNotSaidToBeJsonIsRefused(String route, String field) {
    byte[] text = ("{\"" + field + "\":\"a\"}").getBytes(UTF_8);

    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonp",
            "application/json; charset=latin1")) {
      assertThat(ask(route).body(type, text).refusal())
          .as(type)
          .isEqualTo("415 UNSUPPORTED_MEDIA_TYPE");
    }
    assertThat(ask(route).refusal()).isEqualTo("415 UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void bodyThatIsTooLargeIsRefusedHoweverItComes(String route, String field) {
    String text = "{\"" + field + "\":\"" + "x".repeat(100_000) + "\"}";

    assertThat(ask(route).body("application/json", text.getBytes(UTF_8)).refusal())
        .isEqualTo("413 BODY_TOO_LARGE");
    assertThat(ask(route).chunked(text.getBytes(UTF_8)).refusal()).isEqualTo("413 BODY_TOO_LARGE");
  }

  @Test
  void bodyOfExactlyTheLimitIsRead() {
    String text = "{\"title\":\"t\"}";
    String padded = text + " ".repeat(RestStage.BODY_MAX - text.length());

    assertThat(send("POST /v1/rooms", padded).statusCode()).isEqualTo(201);
    assertThat(ask("POST /v1/rooms").chunked((padded + " ").getBytes(UTF_8)).refusal())
        .isEqualTo("413 BODY_TOO_LARGE");
  }

  private static RestAsk ask(String route) {
    String[] parts = route.split(" ", 2);
    return STAGE.ask(parts[0], parts[1]).by(TOKEN);
  }

  private static HttpResponse<byte[]> send(String route, String body) {
    return ask(route).body("application/json", body.getBytes(UTF_8)).send();
  }

  private static JsonObject problem(HttpResponse<byte[]> response) {
    return new JsonObject(Buffer.buffer(response.body()));
  }

  private static List<String> fields(HttpResponse<byte[]> response) {
    return problem(response).getJsonArray("errors", new JsonArray()).stream()
        .map(error -> ((JsonObject) error).getString("field"))
        .toList();
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(40, text.length()));
  }
}
