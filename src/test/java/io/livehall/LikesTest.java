package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Likes over REST: what was accepted is counted, once, and in the right room. */
class LikesTest {
  private static final int AT_ONCE = 100;
  private static final int PER_SECOND = 20;

  private static TestServer server;
  private static App app;
  private static int hosts;

  @BeforeAll
  static void start() {
    server = TestServer.start("ROOMS_POLLEVERY", "1h");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatWasAcceptedIsWhatTheRoomTheListAndTheSummarySay() {
    App.Own room = live("sum");
    var accepted = new AtomicInteger();
    IntStream.range(0, 120)
        .parallel()
        .forEach(i -> accepted.addAndGet(fan("sum" + i % 30).liked(room, 1 + i % 20)));

    int all = accepted.get();
    assertThat(all).isEqualTo(IntStream.range(0, 120).map(i -> 1 + i % 20).sum());
    soon(() -> assertThat(app.find(room).getInteger("likes")).isEqualTo(all));
    assertThat(app.list("?tag=sum").getJsonArray("rooms").getJsonObject(0))
        .isEqualTo(app.find(room));
    assertThat(fan("last").liked(room, 2)).isEqualTo(2);
    assertThat(likesAtTheEnd(room)).isEqualTo(all + 2);
    assertThat(app.find(room).getInteger("likes")).isEqualTo(all + 2);
  }

  @Test
  void whoSaysNotHowManyGivesOne() {
    App.Own room = live("one");
    String path = room.path() + "/likes";
    var empty = app.request("POST", path, App.token("one"), null).header("Content-Type", "text/x");

    assertThat(fan("one").like(room, null).body()).isEqualTo("{\"accepted\":1}");
    assertThat(fan("one").like(room, "").body()).isEqualTo("{\"accepted\":1}");
    assertThat(fan("one").like(room, "{}").body()).isEqualTo("{\"accepted\":1}");
    assertThat(fan("one").like(room, "{\"count\":null}").body()).isEqualTo("{\"accepted\":1}");
    assertThat(app.send(empty).status()).isEqualTo(200);
    String inPieces = server.raw().chunked("POST", path, App.token("one"), new byte[0]);
    assertThat(RawCall.status(inPieces)).isEqualTo(200);

    assertThat(likesAtTheEnd(room)).isEqualTo(6);
  }

  @Test
  void aPathThatIsWrittenInAnotherWayLeadsToTheSameRoom() {
    App.Own room = live("path");
    String encoded = "%72" + room.id().substring(1);

    for (String path :
        List.of(
            room.path() + "/likes?", room.path() + "/likes?x", "/v1/rooms/" + encoded + "/likes")) {
      assertThat(app.post(path, App.token("path"), "{\"count\":2}").body())
          .as(path)
          .isEqualTo("{\"accepted\":2}");
    }
    assertThat(app.post(room.path() + "/likes?", App.token("path"), "{\"count\":21}").status())
        .isEqualTo(400);
    assertThat(app.post(room.path() + "/likes?", null, "").code()).isEqualTo("TOKEN_MISSING");

    assertThat(likesAtTheEnd(room)).isEqualTo(6);
  }

  @Test
  void overTheLimitIsRefusedAndNobodyElseIsDisturbed() {
    App.Own room = live("limit");
    App.Own other = live("limit");
    int accepted = 0;

    App.Reply refused = fan("greedy").like(room, 20);
    while (refused.isGood()) {
      accepted += refused.json().getInteger("accepted");
      refused = fan("greedy").like(room, 20);
    }

    assertThat(refused.code()).isEqualTo("RATE_LIMITED");
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(accepted).isGreaterThanOrEqualTo(AT_ONCE);
    assertThat(fan("modest").liked(room, 20)).isEqualTo(20);
    assertThat(fan("greedy").liked(other, 20)).isEqualTo(20);
    App.Reply later = await().until(() -> fan("greedy").like(room, 1), App.Reply::isGood);
    assertThat(later.json().getInteger("accepted")).isEqualTo(1);
    assertThat(likesAtTheEnd(room)).isEqualTo(accepted + 21);
  }

  @Test
  void aFloodIsGivenWhatTheLimitAllowsAndNoMore() {
    App.Own room = live("flood");
    var accepted = new AtomicInteger();
    var refused = new AtomicInteger();
    long begun = System.nanoTime();

    IntStream.range(0, 400)
        .parallel()
        .forEach(
            i -> {
              App.Reply reply = fan("flood").like(room, 1 + i % 3);
              if (reply.isGood()) {
                accepted.addAndGet(reply.json().getInteger("accepted"));
              } else {
                assertThat(reply.status()).isEqualTo(429);
                refused.incrementAndGet();
              }
            });

    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(refused.get()).isPositive();
    assertThat(accepted.get()).isGreaterThanOrEqualTo(AT_ONCE);
    assertThat((double) accepted.get()).isLessThanOrEqualTo(AT_ONCE + PER_SECOND * seconds + 1);
    assertThat(likesAtTheEnd(room)).isEqualTo(accepted.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "21", "1000", "1.5", "\"3\"", "true", "[1]"})
  void whatNoCallMayGiveIsRefusedAndNothingIsCounted(String count) {
    App.Own room = live("cap");

    App.Reply reply = fan("cap").like(room, "{\"count\":" + count + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("count");
    assertThat(likesAtTheEnd(room)).isZero();
  }

  @Test
  void onlyARoomOnAirIsLiked() {
    App.Own room = app.open("air");
    assertThat(fan("air").like(room, 3).code()).isEqualTo("ROOM_NOT_LIVE");
    app.up(room);
    soon(() -> assertThat(app.state(room)).isEqualTo("live"));
    assertThat(fan("air").liked(room, 4)).isEqualTo(4);

    app.down(room);
    soon(() -> assertThat(app.state(room)).isEqualTo("interrupted"));
    assertThat(fan("air").like(room, 5).code()).isEqualTo("ROOM_NOT_LIVE");
    app.up(room);
    soon(() -> assertThat(app.state(room)).isEqualTo("live"));
    assertThat(fan("air").liked(room, 6)).isEqualTo(6);

    assertThat(likesAtTheEnd(room)).isEqualTo(10);
    soon(() -> assertThat(fan("air").like(room, 7).code()).isEqualTo("ROOM_CLOSED"));
    assertThat(app.find(room).getInteger("likes")).isEqualTo(10);
    for (String id : List.of("r00000000000000a", "nonsense", "R00000000000000a")) {
      assertThat(fan("air").like(new App.Own(id, "nobody"), 1).code()).isEqualTo("ROOM_NOT_FOUND");
    }
  }

  @Test
  void anyRoleMayLikeAndNobodyWithoutAGoodToken() {
    App.Own room = live("roles");

    assertThat(fan(room.host()).liked(room, 1)).isEqualTo(1);
    for (Role role : Role.values()) {
      assertThat(new Fan(app, "of-" + role, role).liked(room, 2)).isEqualTo(2);
    }
    assertThat(new Fan(app, null).like(room, 3).code()).isEqualTo("TOKEN_MISSING");
    assertThat(new Fan(app, "Bearer x.y.z").like(room, 3).code()).isEqualTo("TOKEN_INVALID");

    assertThat(likesAtTheEnd(room)).isEqualTo(1 + 2 * Role.values().length);
  }

  @Test
  void likesOfSeveralRoomsAtOnceAreKeptApart() {
    List<App.Own> rooms = IntStream.range(0, 4).mapToObj(i -> live("apart")).toList();

    IntStream.range(0, 100)
        .parallel()
        .forEach(
            i -> assertThat(fan("apart" + i % 10).liked(rooms.get(i % 4), 1 + i % 4)).isPositive());

    for (int i = 0; i < 4; i++) {
      assertThat(likesAtTheEnd(rooms.get(i))).isEqualTo(25 * (1 + i));
    }
  }

  @Test
  void theHotterRoomComesFirst() {
    App.Own few = live("hot");
    App.Own some = live("hot");
    App.Own many = live("hot");
    App.Own none = live("hot");
    assertThat(fan("hot").liked(few, 3)).isEqualTo(3);
    assertThat(fan("hot").liked(many, 20)).isEqualTo(20);
    App.good(fan("hot").enter(some));

    List<String> byHeat = List.of(many.id(), some.id(), few.id(), none.id());
    soon(() -> assertThat(App.ids(app.list("?tag=hot&sort=hot"))).isEqualTo(byHeat));
    assertThat(App.ids(app.list("?tag=hot")))
        .containsExactly(none.id(), many.id(), some.id(), few.id());

    App.good(fan("warm").enter(few));
    App.good(fan("warmer").enter(few));
    soon(() -> assertThat(App.ids(app.list("?tag=hot&sort=hot")).get(0)).isEqualTo(few.id()));
  }

  private static Fan fan(String user) {
    return Fan.of(app, user);
  }

  private static App.Own live(String tag) {
    var wish = new JsonObject().put("title", "of " + tag).put("tags", new JsonArray().add(tag));
    App.Own room = app.open("host-" + tag + hosts++, wish);
    App.good(app.live(room));
    return room;
  }

  /** Exact, and for good. */
  private static int likesAtTheEnd(App.Own room) {
    return App.good(app.close(room)).json().getJsonObject("summary").getInteger("likes");
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(5, TimeUnit.SECONDS)
        .untilAsserted(assertion);
  }
}
