package io.livehall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that nobody should send: refused with the field named, and nothing is changed. */
class BadInputTest {
  private static final ContractFile CONTRACT = ContractFile.read();
  private static final Map<String, JsonObject> GOOD = GoodBodies.BY_OPERATION;

  private static TestServer server;
  private static App.Own room;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    room = server.app().openLive("host");
  }

  /** No bad body has given a like, or let anybody in. */
  @AfterAll
  static void stop() {
    JsonObject summary = App.good(server.app().close(room)).json().getJsonObject("summary");
    server.close();
    assertThat(summary.getLong("likes")).isZero();
    assertThat(summary.getLong("visits")).isZero();
  }

  static Stream<Arguments> operations() {
    return CONTRACT.operations().stream()
        .filter(ContractFile.Operation::hasBody)
        .map(operation -> arguments(operation.id(), operation));
  }

  @Test
  void thereIsAGoodBodyForEachOperationThatTakesOne() {
    Set<String> taking = operations().map(row -> (String) row.get()[0]).collect(Collectors.toSet());

    assertThat(GOOD.keySet()).isEqualTo(taking);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void whatIsNoJsonObjectIsRefused(String id, ContractFile.Operation operation) {
    String good = GOOD.get(id).encode();
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    if (operation.needsBody()) {
      bodies.put("nothing", new byte[0]);
    }
    bodies.put("blanks", "  \n ".getBytes(UTF_8));
    bodies.put("half", good.substring(0, good.length() - 1).getBytes(UTF_8));
    bodies.put("more behind it", (good + "}").getBytes(UTF_8));
    bodies.put("two of them", (good + good).getBytes(UTF_8));
    bodies.put("a list", ("[" + good + "]").getBytes(UTF_8));
    bodies.put("a text", "\"title\"".getBytes(UTF_8));
    bodies.put("a number", "17".getBytes(UTF_8));
    bodies.put("null", "null".getBytes(UTF_8));
    bodies.put("no quotes", "{title:1}".getBytes(UTF_8));
    bodies.put("a form", "title=x&tags=y".getBytes(UTF_8));
    bodies.put("no UTF-8", new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'});
    bodies.put("UTF-16", good.getBytes(java.nio.charset.StandardCharsets.UTF_16));
    bodies.put("a zero byte", ("{\"title\":\"a\0b\"}").getBytes(UTF_8));
    bodies.put("a deep nest", nest(20_000).getBytes(UTF_8));
    bodies.put("a deep nest of objects", "{\"a\":".repeat(9_000).getBytes(UTF_8));
    bodies.put("a long number", ("{\"title\":" + "9".repeat(50_000) + "}").getBytes(UTF_8));
    String before = database();

    bodies.forEach(
        (name, body) -> assertProblem(name, send(operation, body, "application/json"), 400));

    assertThat(database()).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void whatIsTooLargeIsRefusedHoweverItComes(String id, ContractFile.Operation operation) {
    byte[] large = new JsonObject().put("title", "x".repeat(100_000)).encode().getBytes(UTF_8);
    String before = database();

    App.Reply announced = send(operation, large, "application/json");
    String chunked =
        server.raw().chunked(operation.method(), path(operation), App.token("host"), large);

    assertProblem("announced", announced, 413);
    assertThat(announced.code()).isEqualTo("BODY_TOO_LARGE");
    assertThat(RawCall.status(chunked)).isEqualTo(413);
    assertThat(chunked).contains("application/problem+json").contains("BODY_TOO_LARGE");
    assertThat(database()).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void whatIsNotSaidToBeJsonIsRefused(String id, ContractFile.Operation operation) {
    byte[] good = GOOD.get(id).encode().getBytes(UTF_8);
    String before = database();

    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json;charset=gbk",
            "application/jsonp",
            "multipart/form-data; boundary=x")) {
      App.Reply reply = send(operation, good, type);
      assertProblem(type, reply, 415);
      assertThat(reply.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    assertThat(database()).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void eachFieldThatCannotBeAcceptedIsNamed(String id, ContractFile.Operation operation) {
    String before = database();
    List<String> faults = new ArrayList<>();

    for (BadBodies.Case bad : BadBodies.of(GOOD.get(id))) {
      App.Reply reply = send(operation, bad.body().getBytes(UTF_8), "application/json");
      boolean isRefused = reply.status() == 400 && reply.body().startsWith("{");
      if (!isRefused || !fields(reply).contains(bad.field())) {
        faults.add(bad.name() + " in " + bad.field() + ": " + reply.status() + " " + reply.body());
      }
    }

    assertThat(faults).isEmpty();
    assertThat(database()).isEqualTo(before);
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    String body = "{\"title\":7,\"tags\":[\"a b\",\"ok\"],\"host\":{\"name\":[]},\"x\":1}";

    App.Reply reply = server.app().post("/v1/rooms", App.token("many"), body);

    assertThat(fields(reply)).containsExactlyInAnyOrder("title", "tags[0]", "host.name", "x");
  }

  @Test
  void aFieldThatIsThereTwiceIsNamed() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("title", "{\"title\":\"a\",\"title\":\"b\"}");
    bodies.put("name", "{\"title\":\"a\",\"host\":{\"name\":\"a\",\"name\":\"a\"}}");
    bodies.put("x", "{\"x\":[{\"a\":1},{\"a\":1}],\"title\":\"a\",\"x\":{\"a\":{\"x\":1}}}");

    bodies.forEach(
        (field, body) -> {
          App.Reply reply = server.app().post("/v1/rooms", App.token("twins"), body);
          assertProblem(body, reply, 400);
          assertThat(fields(reply)).containsExactly(field);
          assertThat(reply.body()).contains("is there twice");
        });
    String lists = "{\"title\":\"a\",\"x\":[{\"a\":1},{\"a\":[[1],[2]]}],\"tags\":[\"a\",\"b\"]}";
    assertThat(server.app().post("/v1/rooms", App.token("twins"), lists).body())
        .contains("is not known");
  }

  @Test
  void aPatchThatChangesNothingOrClearsIsRefused() {
    for (String body : List.of("{}", "{\"title\":null}", "{\"tags\":null}")) {
      App.Reply reply =
          server.app().send(server.app().request("PATCH", room.path(), App.token("host"), body));
      assertProblem(body, reply, 400);
      assertThat(fields(reply)).hasSize(1);
    }
  }

  @Test
  void aBadIdempotencyKeyIsNamed() {
    for (List<String> keys : List.of(List.of(""), List.of("x".repeat(129)), List.of("a", "b"))) {
      App app = server.app();
      var request = app.request("POST", "/v1/rooms", App.token("key"), "{\"title\":\"t\"}");
      keys.forEach(key -> request.header("Idempotency-Key", key));
      App.Reply reply = app.send(request);
      assertProblem(keys.toString(), reply, 400);
      assertThat(fields(reply)).containsExactly("Idempotency-Key");
    }
  }

  private static App.Reply send(ContractFile.Operation operation, byte[] body, String type) {
    App app = server.app();
    return app.send(
        app.request(operation.method(), path(operation), App.token("host"), null)
            .header("Content-Type", type)
            .method(operation.method(), BodyPublishers.ofByteArray(body)));
  }

  private static String path(ContractFile.Operation operation) {
    return operation.path().replace("{id}", room.id());
  }

  private static void assertProblem(String name, App.Reply reply, int status) {
    assertThat(reply.status()).as(name + ": " + reply.body()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(reply.json().getInteger("status")).isEqualTo(status);
    assertThat(reply.json().getString("detail")).isNotBlank();
  }

  private static List<String> fields(App.Reply reply) {
    return reply.json().getJsonArray("errors", new JsonArray()).stream()
        .map(error -> ((JsonObject) error).getString("field"))
        .toList();
  }

  private static String nest(int depth) {
    return "{\"title\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  /** What could have changed, in one line. */
  private static String database() {
    return server
        .sql(
            """
            select (select count(*) || ',' || coalesce(sum(version), 0) from room) as room,
              (select seq from hall_clock) as seq, (select count(*) from account) as account,
              (select count(*) from refresh_token) as token, (select count(*) from opening) as opening""")
        .get(0)
        .deepToString();
  }
}
