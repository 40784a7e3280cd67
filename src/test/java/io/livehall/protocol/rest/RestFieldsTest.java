package io.livehall.protocol.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.service.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each field and each parameter may be. */
class RestFieldsTest {
  private static final RestStage STAGE = new RestStage(RestStage.Kind.USUAL);
  private static final String TOKEN = STAGE.token("mei", Role.USER);

  @AfterAll
  static void close() {
    STAGE.close();
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    JsonObject wish =
        new JsonObject()
            .put("title", " \t ")
            .put("coverUrl", "javascript:alert(1)")
            .put("location", "x".repeat(129))
            .put("tags", new JsonArray().add("a,b").add(7).add("ok").add("x".repeat(33)))
            .put("host", new JsonObject().put("name", "").put("avatarUrl", "/a").put("id", "li"))
            .put("state", "live");

    HttpResponse<byte[]> response = send("POST /v1/rooms", wish.encode());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(fields(response))
        .containsExactlyInAnyOrder(
            "title",
            "coverUrl",
            "location",
            "tags[0]",
            "tags[1]",
            "tags[3]",
            "host.name",
            "host.avatarUrl",
            "host.id",
            "state");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "img.example/a.jpg",
        "//img.example/a.jpg",
        "ftp://img.example/a.jpg",
        "http://",
        "http:///a.jpg",
        "http://user@img.example/a",
        "http://img.example/a b",
        "http://img.example/\\\"><script>",
        "data:image/png;base64,AA=="
      })
  void addressThatIsNotHttpIsRefused(String url) {
    HttpResponse<byte[]> response =
        send("POST /v1/rooms", "{\"title\":\"t\",\"coverUrl\":\"" + url + "\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(fields(response)).containsExactly("coverUrl");
  }

  @Test
  void limitsCountCharactersAndNotBytes() {
    JsonObject longest =
        new JsonObject()
            .put("title", "😀".repeat(120))
            .put("location", "深".repeat(128))
            .put("coverUrl", "https://img.example/" + "a".repeat(1004))
            .put("tags", new JsonArray().add("乐".repeat(32)).add("a_b-9"))
            .put("host", new JsonObject().put("name", "名".repeat(64)));

    assertThat(send("POST /v1/rooms", longest.encode()).statusCode()).isEqualTo(201);
    assertThat(fields(send("POST /v1/rooms", longest.put("title", "😀".repeat(121)).encode())))
        .containsExactly("title");
  }

  @Test
  void nullIsAbsentWhereSomethingIsMade() {
    String wish = "{\"title\":\"t\",\"coverUrl\":null,\"tags\":null,\"host\":null}";

    assertThat(send("POST /v1/rooms", wish).statusCode()).isEqualTo(201);
    assertThat(fields(send("POST /v1/rooms", "{\"title\":null}"))).containsExactly("title");
  }

  @Test
  void changeThatSaysNothingOrNullIsRefused() {
    String id = STAGE.room("mei", true);
    String route = "PATCH /v1/rooms/" + id;
    JsonObject before = STAGE.ask("GET", "/v1/rooms/" + id).send(200);

    assertThat(send(route, "{}").statusCode()).isEqualTo(400);
    assertThat(fields(send(route, "{\"title\":\"new\",\"coverUrl\":null}")))
        .containsExactly("coverUrl");
    assertThat(fields(send(route, "{\"title\":\"new\",\"host\":{}}"))).containsExactly("host");

    assertThat(STAGE.ask("GET", "/v1/rooms/" + id).send(200)).isEqualTo(before);
    assertThat(send(route, "{\"title\":\"new\",\"tags\":[],\"location\":\"\"}").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0", "limit=101", "limit=-1", "limit=", "limit=x", "limit=1.5", "limit=%31%30%31",
        "limit=99999999999", "sort=oldest", "sort=", "tag=a,b", "tag=%00", "cursor=x", "cursor=%20",
        "limit=1&limit=2", "page=2", "sort=newest&x", "tag=%", "tag=%zz", "tag=%ff"
      })
  void badQueryIsRefused(String query) {
    assertThat(STAGE.ask("HEAD", "/v1/rooms").send().statusCode()).isEqualTo(200);
    String status = raw("GET /v1/rooms?" + query + " HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(status).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void emptyTagAndCursorAreNone() {
    STAGE.ask("GET", "/v1/rooms?sort=newest&tag=&limit=20&cursor=").send(200);
  }

  private static String raw(String request) {
    return RawHttp.firstLine(STAGE.port(), request);
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
}
