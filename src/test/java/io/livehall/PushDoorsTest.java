package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.livehall.domain.UserId;
import io.livehall.protocol.Tokens;
import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is let in: by his page and by his token; and what he may say before. */
class PushDoorsTest {
  private static final String NOBODYS = "r000000000000000";
  private static final String OUR_PAGE = "https://live.example.com";

  private static TestServer open;
  private static TestServer strict;

  /** What each caller is answered who says hello, and the code he is closed with; 0 for none. */
  private enum Caller {
    ANONYMOUS(null, 0),
    USER(null, 0),
    GARBAGE("TOKEN_INVALID", 4401),
    OF_ANOTHER_KEY("TOKEN_INVALID", 4401),
    EXPIRED("TOKEN_EXPIRED", 4401);

    private final String error;
    private final int code;

    Caller(String error, int code) {
      this.error = error;
      this.code = code;
    }

    private String token() {
      return switch (this) {
        case ANONYMOUS -> null;
        case USER -> token(App.DEFAULT_KEY, Clock.systemUTC());
        case GARBAGE -> "a.b.c";
        case OF_ANOTHER_KEY -> token("x".repeat(40), Clock.systemUTC());
        case EXPIRED ->
            token(App.DEFAULT_KEY, Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
      };
    }

    private static String token(String key, Clock clock) {
      var tokens = new Tokens(new Tokens.Own(key, Duration.ofMinutes(30)), null, clock);
      return tokens.issue(new UserId("viewer"), Role.USER);
    }
  }

  @BeforeAll
  static void start() {
    open = TestServer.start("ROOMS_POLLEVERY", "1h");
    strict = TestServer.start("VIEWING_ANONYMOUS", "false", "PUSH_ORIGINS", OUR_PAGE);
  }

  @AfterAll
  static void stop() {
    open.close();
    strict.close();
  }

  /** Everything that a client can say beside hello, and what is said to who was let in. */
  private static Map<JsonObject, String> words() {
    var answers = new LinkedHashMap<JsonObject, String>();
    answers.put(subHall("newest", 20), "snap");
    answers.put(subRoom(NOBODYS), "error ROOM_NOT_FOUND");
    answers.put(frame("unsub").put("ch", "hall:newest:20"), "pong");
    answers.put(frame("watch").put("rooms", new JsonArray().add(NOBODYS)), "error ROOM_NOT_FOUND");
    answers.put(frame("resync").put("ch", "hall:newest:20"), "error INVALID");
    answers.put(frame("enter").put("room", NOBODYS), "error ROOM_NOT_FOUND");
    answers.put(frame("leave").put("room", NOBODYS), "pong");
    answers.put(frame("like").put("room", NOBODYS).put("n", 1), "error ROOM_NOT_FOUND");
    answers.put(frame("ping"), "pong");
    return answers;
  }

  static Stream<Arguments> wordsOfCallers() {
    return words().keySet().stream()
        .flatMap(word -> Stream.of(Caller.values()).map(caller -> arguments(word, caller)));
  }

  @ParameterizedTest
  @MethodSource("wordsOfCallers")
  void whatIsSaidIsHeardOnlyBehindAGoodHello(JsonObject word, Caller caller) {
    try (PushClient client = PushClient.connect(open.pushPort())) {
      client.say(frame("hello").put("token", caller.token()));
      client.say(word);
      client.say(frame("ping"));

      if (caller.code == 0) {
        client.await("welcome");
        boolean isGuests = List.of("enter", "leave", "like").contains(word.getString("t"));
        String answer =
            isGuests && caller == Caller.ANONYMOUS ? "error TOKEN_MISSING" : words().get(word);
        JsonObject said = client.await(answer.split(" ")[0]);
        assertThat(answer).isIn(said.getString("t"), "error " + said.getString("code"));
      } else {
        assertThat(client.await("error").getString("code")).isEqualTo(caller.error);
        assertThat(client.closeCode()).isEqualTo(caller.code);
        assertThat(client.frames()).hasSize(1);
      }
    }
  }

  static Stream<JsonObject> allWords() {
    return words().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("allWords")
  void beforeHelloNothingElseMayBeSaid(JsonObject word) {
    try (PushClient client = PushClient.connect(open.pushPort())) {
      JsonObject error = client.ask(word, "error");

      assertThat(error.getString("code")).isEqualTo("INVALID");
      assertThat(client.closeCode()).isEqualTo(4400);
      assertThat(client.frames()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ANONYMOUS,TOKEN_MISSING,4401",
    "USER,,0",
    "GARBAGE,TOKEN_INVALID,4401",
    "EXPIRED,TOKEN_EXPIRED,4401"
  })
  void whereViewersNeedATokenNobodyIsLetInWithoutOne(Caller caller, String error, int code) {
    try (PushClient client = PushClient.connect(strict.pushPort())) {
      client.say(frame("hello").put("token", caller.token()));

      if (code == 0) {
        client.await("welcome");
        client.ask(subHall("newest", 20), "snap");
      } else {
        assertThat(client.await("error").getString("code")).isEqualTo(error);
        assertThat(client.closeCode()).isEqualTo(code);
      }
    }
  }

  @Test
  void aSessionEndsWithItsTokenUnlessAnotherHelloRenewsIt() {
    double closed = closed("4401");
    try (PushClient renewed = PushClient.connect(open.pushPort()).hello(shortToken());
        PushClient ending = PushClient.connect(open.pushPort()).hello(shortToken())) {
      renewed.ask(subHall("newest", 20), "snap");
      ending.ask(subHall("newest", 20), "snap");
      renewed.hello(Caller.USER.token());

      assertThat(ending.await("error").getString("code")).isEqualTo("TOKEN_EXPIRED");
      assertThat(ending.closeCode()).isEqualTo(4401);
      assertThat(closed("4401")).isEqualTo(closed + 1);
      App.Own room = open.app().openLive("renewed");
      assertThat(renewed.await("delta").getJsonArray("order").getString(0)).isEqualTo(room.id());
      assertThat(renewed.unseen()).isEmpty();
    }
  }

  @Test
  void aBadTokenEndsASessionThatWasGood() {
    try (PushClient client = open.viewer()) {
      client.say(frame("hello").put("token", Caller.EXPIRED.token()));

      assertThat(client.await("error").getString("code")).isEqualTo("TOKEN_EXPIRED");
      assertThat(client.closeCode()).isEqualTo(4401);
    }
  }

  @ParameterizedTest
  @CsvSource({"https://evil.example.com", "http://live.example.com", "null", "''"})
  void pagesOfOtherOriginsLearnThatTheyMayNot(String origin) {
    String page = "Origin: " + origin;
    try (PushClient client = PushClient.connect(strict.pushPort(), page)) {
      assertThat(client.await("error").getString("code")).isEqualTo("FORBIDDEN");
      assertThat(client.closeCode()).isEqualTo(4403);
      assertThat(client.frames()).hasSize(1);
    }
  }

  @Test
  void ourPageAndAppsAreLetIn() {
    String token = Caller.USER.token();
    try (PushClient page = PushClient.connect(strict.pushPort(), "Origin: " + OUR_PAGE);
        PushClient app = PushClient.connect(strict.pushPort());
        PushClient anywhere = PushClient.connect(open.pushPort(), "Origin: https://a.example")) {
      page.hello(token);
      app.hello(token);
      anywhere.hello();
    }
  }

  /** Good for one second at least: its end is told in whole ones. */
  private static String shortToken() {
    var own = new Tokens.Own(App.DEFAULT_KEY, Duration.ofSeconds(2));
    return new Tokens(own, null, Clock.systemUTC()).issue(new UserId("short"), Role.USER);
  }

  private static double closed(String result) {
    return open.ops().metric("livehall_push_closed_total{result=\"" + result + "\"}");
  }
}
