package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The server and its contract say the same: each answer is one that the contract promises, and each
 * status that it promises is one that the server can give.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenApiTest {
  private static final ContractFile CONTRACT = ContractFile.read();
  private static final Map<String, ContractFile.Operation> OPERATIONS =
      CONTRACT.operations().stream()
          .collect(Collectors.toMap(ContractFile.Operation::id, operation -> operation));

  /** Not to be had from a server that is well: trouble with stores, and our own bugs. */
  private static final Set<String> ELSEWHERE = Set.of("500", "503");

  private static final ContractPromises PROMISES = new ContractPromises(CONTRACT);
  private static TestServer server;
  private static App app;
  private static int hosts;

  @BeforeAll
  static void start() {
    server = TestServer.start("ACCOUNTS_SIGNINSPERMINUTE", "2", "COUNTERS_LIKESPERSECOND", "1");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Order(1)
  void accountsAndSessions() {
    String mei = "{\"userId\":\"mei\",\"password\":\"long-enough\"}";
    answer("createAccount", 201, app.post("/v1/accounts", null, mei));
    answer("createAccount", 409, app.post("/v1/accounts", null, mei));
    JsonObject session = answer("signIn", 200, app.post("/v1/sessions", null, mei));
    String wrong = "{\"userId\":\"no-one\",\"password\":\"long-enough\"}";
    answer("signIn", 401, app.post("/v1/sessions", null, wrong));
    answer("signIn", 401, app.post("/v1/sessions", null, wrong));
    answer("signIn", 429, app.post("/v1/sessions", null, wrong));
    String refresh =
        new JsonObject().put("refreshToken", session.getString("refreshToken")).encode();
    answer("refreshSession", 200, app.post("/v1/sessions/refresh", null, refresh));
    answer("refreshSession", 401, app.post("/v1/sessions/refresh", null, refresh));
    answer("signOut", 204, send("DELETE", "/v1/sessions/me", App.token("mei"), null));
    answer("signOut", 401, send("DELETE", "/v1/sessions/me", null, null));
  }

  @Test
  @Order(1)
  void theServerItself() {
    answer("config", 200, app.get("/v1/config"));
    answer("status", 200, app.get("/v1/status"));
    try (var strict = TestServer.start("VIEWING_ANONYMOUS", "false")) {
      answer("status", 200, strict.app().get("/v1/status"));
      answer("listRooms", 401, strict.app().get("/v1/rooms"));
    }
  }

  @Test
  @Order(1)
  void theWayOfARoom() {
    String wish =
        new JsonObject()
            .put("title", "夜空 Guitar")
            .put("coverUrl", "https://img.example/c.jpg")
            .put("location", "深圳")
            .put("tags", new JsonArray().add("music").add("吉他"))
            .put("host", new JsonObject().put("name", "小美").put("avatarUrl", "http://a.example/"))
            .encode();
    JsonObject opened = answer("openRoom", 201, app.post("/v1/rooms", App.token("host"), wish));
    var room = new App.Own(opened.getJsonObject("room").getString("id"), "host");
    answer("findRoom", 200, app.get(room.path()));
    answer("streamUp", 200, app.post("/dev/streams/" + room.stream() + "/up", null, ""));
    await().until(() -> app.state(room).equals("live"));
    answer("goLive", 200, app.live(room));
    answer("heartbeat", 204, app.beat(room));
    answer("freshPushUrl", 200, app.post(room.path() + "/push-url", App.token("host"), ""));
    answer("editRoom", 200, app.edit(room, new JsonObject().put("title", "New")));
    answer("findRoom", 200, app.get(room.path()));
    answer("roomEvidence", 200, app.get(room.path() + "/evidence", App.token("host")));
    answer("roomSummary", 409, app.get(room.path() + "/summary"));
    list();
    viewers(room);
    endOf(room);
  }

  private static void endOf(App.Own room) {
    answer("streamDown", 200, app.post("/dev/streams/" + room.stream() + "/down", null, ""));
    await().until(() -> app.state(room).equals("interrupted"));
    answer("findRoom", 200, app.get(room.path()));
    answer("closeRoom", 200, app.close(room));
    answer("findRoom", 200, app.get(room.path()));
    answer("roomSummary", 200, app.get(room.path() + "/summary"));
    answer("roomEvidence", 200, app.get(room.path() + "/evidence", App.token("m", Role.MODERATOR)));
    for (ContractFile.Operation operation : OPERATIONS.values()) {
      if (operation.path().startsWith("/v1/rooms/{id}") && operation.statuses().contains("409")) {
        call(operation, operation.id().equals("roomSummary") ? 200 : 409, room, App.token("host"));
      }
    }
  }

  private static void viewers(App.Own room) {
    String me = room.path() + "/viewers/me";
    String named = "{\"name\":\"小美\",\"avatarUrl\":\"https://img.example/mei.jpg\"}";
    answer("enterRoom", 204, send("PUT", me, App.token("mei"), named));
    answer("enterRoom", 204, send("PUT", me, App.token("lin"), null));
    answer("stayInRoom", 204, app.post(me + "/heartbeat", App.token("mei"), ""));
    JsonObject page = answer("listViewers", 200, app.get(room.path() + "/viewers?limit=1"));
    String next = "/viewers?cursor=" + page.getString("nextCursor");
    answer("listViewers", 200, app.get(room.path() + next));
    answer("listViewers", 400, app.get(room.path() + next + "x"));
    answer("leaveRoom", 204, send("DELETE", me, App.token("mei"), null));
    Supplier<App.Reply> like =
        () -> app.post(room.path() + "/likes", App.token("mei"), "{\"count\":20}");
    answer("likeRoom", 200, like.get());
    answer("likeRoom", 429, await().until(like::get, reply -> !reply.isGood()));
  }

  private static void list() {
    app.openLive("second");
    JsonObject page = answer("listRooms", 200, app.get("/v1/rooms?limit=1&sort=hot"));
    String next = "/v1/rooms?limit=100&sort=hot&cursor=" + page.getString("nextCursor");
    answer("listRooms", 200, app.get(next));
    answer("listRooms", 400, app.get("/v1/rooms?limit=0"));
    answer("listRooms", 401, app.get("/v1/rooms", "Bearer x"));
    String etag = app.get("/v1/rooms").headers().firstValue("ETag").orElseThrow();
    var again = app.request("GET", "/v1/rooms", null, null).header("If-None-Match", etag);
    answer("listRooms", 304, app.send(again));
  }

  @Test
  @Order(1)
  void everyRefusalOfACallAboutARoom() {
    for (ContractFile.Operation operation : OPERATIONS.values()) {
      if (!operation.path().startsWith("/v1/rooms/")) {
        continue;
      }
      App.Own room = app.open("refusing" + hosts++);
      App.Own unknown = new App.Own("r00000000000000a", "nobody");
      call(operation, 401, room, "Bearer x");
      call(operation, 404, unknown, App.token("nobody"));
      if (operation.statuses().contains("403")) {
        call(operation, 403, room, App.token("nobody"));
      }
    }
    server.sql("insert into host_ban values ('barred', 'spam', null)");
    answer("openRoom", 403, app.post("/v1/rooms", App.token("barred"), "{\"title\":\"t\"}"));
    answer("openRoom", 401, app.post("/v1/rooms", null, "{\"title\":\"t\"}"));
    String stream = "/dev/streams/" + app.open("cut").stream();
    answer("streamDown", 200, app.post(stream + "/down", null, ""));
    answer("streamDown", 400, app.post("/dev/streams/A/down", null, ""));
    answer("streamUp", 400, app.post("/dev/streams/A/up", null, ""));
    server.sql("update simulated_stream set is_forbidden = true");
    answer("streamUp", 403, app.post(stream + "/up", null, ""));
  }

  @Test
  @Order(1)
  void everyRefusalOfABody() {
    App.Own room = app.open("body");
    for (ContractFile.Operation operation : OPERATIONS.values()) {
      if (operation.hasBody()) {
        String path = operation.path().replace("{id}", room.id());
        String token = App.token("body");
        String large = "{\"x\":\"" + "x".repeat(70_000) + "\"}";
        answer(operation.id(), 400, send(operation.method(), path, token, "{\"x\":1}"));
        answer(operation.id(), 413, send(operation.method(), path, token, large));
        var text = app.request(operation.method(), path, token, "{}");
        answer(operation.id(), 415, app.send(text.setHeader("Content-Type", "text/plain")));
      }
    }
    String key = "{\"title\":\"one\"}";
    for (int status : new int[] {201, 409}) {
      String wish = status == 201 ? key : key.replace("one", "other");
      var request = app.request("POST", "/v1/rooms", App.token("key"), wish);
      answer("openRoom", status, app.send(request.header("Idempotency-Key", "k")));
    }
  }

  @Test
  @Order(2)
  void everyPromisedStatusWasSeen() {
    Set<String> promised =
        OPERATIONS.values().stream()
            .flatMap(
                operation ->
                    operation.statuses().stream()
                        .filter(status -> !ELSEWHERE.contains(status))
                        .map(status -> operation.id() + " " + status))
            .collect(Collectors.toCollection(TreeSet::new));
    // There is no limit to these on a server that is used as here, and no end of the simulation.
    promised.removeAll(Set.of("createAccount 429", "streamUp 404", "streamDown 404"));

    assertThat(PROMISES.seen()).isEqualTo(promised);
  }

  @Test
  @Order(2)
  void theContractIsServedAsItIs() throws Exception {
    try (var file = OpenApiTest.class.getResourceAsStream("/web/openapi.yaml")) {
      String yaml = new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(app.get("/openapi.yaml").body()).isEqualTo(yaml);
    }
    assertThat(app.get("/openapi.json").json().getJsonObject("paths").fieldNames())
        .isEqualTo(
            OPERATIONS.values().stream()
                .map(ContractFile.Operation::path)
                .collect(Collectors.toSet()));
    Stream.of("/docs", "/").forEach(page -> assertThat(app.get(page).status()).isEqualTo(200));
  }

  private static void call(
      ContractFile.Operation operation, int status, App.Own room, String authorization) {
    String path = operation.path().replace("{id}", room.id());
    String body = operation.needsBody() ? "{\"title\":\"t\"}" : null;
    answer(operation.id(), status, send(operation.method(), path, authorization, body));
  }

  private static JsonObject answer(String id, int status, App.Reply reply) {
    return PROMISES.kept(OPERATIONS.get(id), status, reply);
  }

  private static App.Reply send(String method, String path, String authorization, String body) {
    return app.send(app.request(method, path, authorization, body));
  }
}
