package io.livehall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.livehall.domain.UserId;
import io.livehall.protocol.Tokens;
import io.livehall.service.Role;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
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

/** Each route, and each kind of caller. */
class DoorsTest {
  private static final Clock LONG_AGO =
      Clock.offset(Clock.systemUTC(), Duration.ofHours(1).negated());

  /** Whose words a route hears: what others, the host, and a moderator are answered. */
  private record Row(String body, int other, int host, int moderator) {
    private static Row forAll(String body, int status) {
      return new Row(body, status, status, status);
    }

    private static Row forHost(String body, int status) {
      return new Row(body, 403, status, 403);
    }
  }

  /**
   * By operation. Where no token is looked at, 400 says that the door was passed; 409 says it of
   * what only a room on air can be given.
   */
  private static final Map<String, Row> ROWS =
      Map.ofEntries(
          Map.entry("createAccount", Row.forAll("{}", 400)),
          Map.entry("signIn", Row.forAll("{}", 400)),
          Map.entry("refreshSession", Row.forAll("{}", 400)),
          Map.entry("signOut", Row.forAll(null, 204)),
          Map.entry("config", Row.forAll(null, 200)),
          Map.entry("status", Row.forAll(null, 200)),
          Map.entry("listRooms", Row.forAll(null, 200)),
          Map.entry("openRoom", Row.forAll("{\"title\":\"t\"}", 201)),
          Map.entry("findRoom", Row.forAll(null, 200)),
          Map.entry("editRoom", Row.forHost("{\"title\":\"t\"}", 200)),
          Map.entry("goLive", Row.forHost("", 200)),
          Map.entry("heartbeat", Row.forHost("", 204)),
          Map.entry("freshPushUrl", Row.forHost("", 200)),
          Map.entry("closeRoom", Row.forHost("", 200)),
          Map.entry("roomSummary", Row.forAll(null, 409)),
          Map.entry("roomEvidence", new Row(null, 403, 200, 200)),
          Map.entry("likeRoom", Row.forAll("{\"count\":1}", 409)),
          Map.entry("listViewers", Row.forAll(null, 409)),
          Map.entry("enterRoom", Row.forAll("{\"name\":\"n\"}", 409)),
          Map.entry("leaveRoom", Row.forAll(null, 204)),
          Map.entry("stayInRoom", Row.forAll("", 409)),
          Map.entry("streamUp", Row.forAll("", 200)),
          Map.entry("streamDown", Row.forAll("", 200)));

  private static final ContractFile CONTRACT = ContractFile.read();
  private static TestServer server;
  private static TestServer strict;
  private static int hosts;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    strict = TestServer.start("VIEWING_ANONYMOUS", "false");
  }

  @AfterAll
  static void stop() {
    server.close();
    strict.close();
  }

  static Stream<Arguments> operations() {
    return CONTRACT.operations().stream().map(operation -> arguments(operation.id(), operation));
  }

  @Test
  void thereIsARowForEachRouteAndNoneForAnother() {
    Set<String> promised =
        CONTRACT.operations().stream().map(ContractFile.Operation::id).collect(Collectors.toSet());

    assertThat(ROWS.keySet()).isEqualTo(promised);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void eachCallerIsAnsweredAsHeShouldBe(String id, ContractFile.Operation operation) {
    assertAnswers(server, operation, CONTRACT.door(operation).equals("viewer"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void whereViewersNeedATokenNobodyLooksWithoutOne(String id, ContractFile.Operation operation) {
    assertAnswers(strict, operation, false);
  }

  @Test
  void whereViewersNeedATokenTheStatusTellsNothingOfTheList() {
    App app = strict.app();
    app.openLive("hidden");

    assertThat(app.get("/v1/status").json().getValue("liveRooms")).isNull();
    assertThat(app.get("/v1/status", App.token("viewer")).json().getLong("liveRooms")).isPositive();
  }

  @Test
  void nobodyLearnsOfAnotherWhoHasAnAccount() {
    App app = server.app();
    String unknown = "{\"userId\":\"nobody\",\"password\":\"long-enough\"}";
    String known = "{\"userId\":\"somebody\",\"password\":\"long-enough\"}";
    assertThat(app.post("/v1/accounts", null, known).status()).isEqualTo(201);

    App.Reply ofNobody = app.post("/v1/sessions", null, unknown);
    App.Reply ofSomebody = app.post("/v1/sessions", null, known.replace("long", "wrong"));
    App.Reply good = app.post("/v1/sessions", null, known);

    assertThat(ofNobody.status()).isEqualTo(401);
    assertThat(ofNobody.body()).isEqualTo(ofSomebody.body());
    String token = "Bearer " + good.json().getString("token");
    assertThat(app.post("/v1/rooms", token, "{\"title\":\"t\"}").status()).isEqualTo(201);
  }

  @Test
  void aMethodThatAPathDoesNotHaveIsRefusedWithThoseItHas() {
    App app = server.app();
    for (ContractFile.Operation operation : CONTRACT.operations()) {
      String path = operation.path().replace("{id}", "r00000000000000a").replace("{stream}", "s");
      App.Reply reply = app.send(app.request("TRACE", path, null, null));
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.headers().firstValue("Allow").orElseThrow()).contains(operation.method());
    }
    assertThat(app.get("/v1/nothing").code()).isEqualTo("NOT_FOUND");
  }

  private static void assertAnswers(
      TestServer at, ContractFile.Operation operation, boolean letsAnyoneLook) {
    Row row = ROWS.get(operation.id());
    String door = CONTRACT.door(operation);
    boolean isOpen = door.equals("open");
    Map<String, Integer> expected = new LinkedHashMap<>();
    expected.put("none", isOpen || letsAnyoneLook ? row.other : 401);
    badTokens("other").keySet().forEach(bad -> expected.put(bad, isOpen ? row.other : 401));
    expected.put("other", row.other);
    expected.put("host", row.host);
    expected.put("moderator", row.moderator);

    Map<String, Integer> answered = new LinkedHashMap<>();
    for (String caller : expected.keySet()) {
      App.Own room = at.app().open("host" + hosts++);
      App.Reply reply = call(at.app(), operation, room, authorization(caller, room.host()));
      answered.put(caller, reply.status());
      if (reply.status() == 401) {
        assertThat(reply.headers().firstValue("WWW-Authenticate")).as(caller).isPresent();
        assertThat(reply.code()).isEqualTo(code(caller));
        assertThat(at.app().get(room.path(), App.token("x")).room().getString("state"))
            .isEqualTo("created");
      }
    }

    assertThat(answered).isEqualTo(expected);
  }

  private static App.Reply call(
      App app, ContractFile.Operation operation, App.Own room, String authorization) {
    String path = operation.path().replace("{id}", room.id()).replace("{stream}", room.stream());
    String body = ROWS.get(operation.id()).body;
    return app.send(app.request(operation.method(), path, authorization, body));
  }

  private static String authorization(String caller, String host) {
    return switch (caller) {
      case "none" -> null;
      case "other" -> App.token("other");
      case "host" -> App.token(host);
      case "moderator" -> App.token("moderator", Role.MODERATOR);
      default -> badTokens(host).get(caller);
    };
  }

  private static String code(String caller) {
    return switch (caller) {
      case "none" -> "TOKEN_MISSING";
      case "expired" -> "TOKEN_EXPIRED";
      default -> "TOKEN_INVALID";
    };
  }

  /** Of the very host, so that nothing but the token speaks against him. */
  private static Map<String, String> badTokens(String host) {
    String good = App.token(host);
    String[] parts = good.split("\\.", -1);
    var tokens = new LinkedHashMap<String, String>();
    tokens.put("garbage", "Bearer garbage");
    tokens.put("of another scheme", good.replace("Bearer", "Basic"));
    tokens.put("expired", signed(host, App.DEFAULT_KEY, LONG_AGO));
    tokens.put("signed with another key", signed(host, "x".repeat(40), Clock.systemUTC()));
    tokens.put(
        "not signed",
        "Bearer " + base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".");
    tokens.put("of another, under his signature", parts[0] + "." + admin(host) + "." + parts[2]);
    tokens.put("cut short", good.substring(0, good.length() - 4));
    return tokens;
  }

  private static String admin(String user) {
    long exp = Clock.systemUTC().instant().getEpochSecond() + 3600;
    return base64(new JsonObject().put("sub", user).put("role", "admin").put("exp", exp).encode());
  }

  private static String signed(String user, String key, Clock clock) {
    var tokens = new Tokens(new Tokens.Own(key, Duration.ofMinutes(30)), null, clock);
    return "Bearer " + tokens.issue(new UserId(user), Role.USER);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
