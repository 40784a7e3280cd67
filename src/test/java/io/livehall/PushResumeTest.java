package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who comes back says what he holds, and gets the difference where the node can tell it. Two nodes
 * on one log, without a bus between them: the second is behind, and was not there from the start.
 */
class PushResumeTest {
  private static final String CHANNEL = "hall:newest:20";

  private static TestServer first;
  private static TestServer second;
  private static App app;
  private static JsonObject beforeTheSecond;
  private static int hosts;

  @BeforeAll
  static void start() {
    String database = TestStores.newDatabase();
    first = TestServer.start("POSTGRES_URI", database, "ROOMS_POLLEVERY", "1h");
    app = first.app();
    live();
    beforeTheSecond = asOf();
    live();
    second =
        TestServer.start(
            "POSTGRES_URI", database, "ROOMS_POLLEVERY", "1h", "HALL_HEADEVERY", "600ms");
  }

  @AfterAll
  static void stop() {
    Stream.of(first, second).forEach(TestServer::close);
  }

  @Test
  void whoHoldsWhatIsIsToldThatNothingChanged() {
    JsonObject now = asOf();
    try (PushClient client = first.viewer()) {
      JsonObject delta = client.ask(since(now), "delta");

      assertThat(delta)
          .isEqualTo(
              frame("delta")
                  .put("ch", CHANNEL)
                  .put("prev", now.getLong("seq"))
                  .put("seq", now.getLong("seq"))
                  .put("total", app.list("").getInteger("total"))
                  .put("up", new JsonArray())
                  .put("rm", new JsonArray()));
    }
  }

  @Test
  void whoWasAwayGetsOneDeltaFromWhereHeIs() {
    var shown = new ShownHall(CHANNEL);
    App.Own closed = live();
    App.Own edited = live();
    try (PushClient client = first.viewer()) {
      client.ask(subHall("newest", 20), "snap");
      shown.follow(client);
    }
    JsonObject held = shown.position();

    live();
    App.good(app.close(closed));
    App.good(app.edit(edited, new JsonObject().put("title", "Meanwhile")));
    App.Own passing = live();
    App.good(app.close(passing));
    try (PushClient client = first.viewer()) {
      JsonObject delta = client.ask(since(held), "delta");

      assertThat(delta.getLong("prev")).isEqualTo(held.getLong("seq"));
      assertThat(delta.getJsonArray("rm"))
          .isEqualTo(
              new JsonArray().add(new JsonObject().put("id", closed.id()).put("why", "closed")));
      shown.comeBack().follow(client).assertShows(app.list(""));
      assertThat(client.unseen()).extracting(f -> f.getString("t")).doesNotContain("snap");
    }
  }

  @Test
  void whoShowsThePageOfTheListGoesOnFromIt() {
    live();
    JsonObject page = app.list("");
    try (PushClient client = first.viewer();
        PushClient other = first.viewer()) {
      other.ask(subHall("newest", 20), "snap");

      live();
      other.await("delta");
      JsonObject delta = client.ask(since(page.getJsonObject("asOf")), "delta");
      live();
      client.await("delta");

      assertThat(delta.getLong("prev")).isEqualTo(page.getJsonObject("asOf").getLong("seq"));
      ShownHall.of(CHANNEL, page).follow(client).assertShows(app.list(""));
    }
  }

  @Test
  void thePageOfANodeThatIsAheadIsWaitedFor() {
    try (PushClient client = second.viewer()) {
      client.ask(subHall("newest", 20), "snap");
      live();
      JsonObject page = app.list("");

      client.say(since(page.getJsonObject("asOf")));
      JsonObject delta =
          client.await(
              said -> "delta".equals(said.getString("t")) && isAt(page, said.getLong("prev")));

      assertThat(delta.getLong("seq")).isEqualTo(delta.getLong("prev"));
      assertThat(delta.getJsonArray("up")).isEmpty();
      client.await("delta");
      new ShownHall(CHANNEL).follow(client).assertShows(page);
    }
  }

  @Test
  void aPlaceThatTheNodeNeverReachesIsAnsweredByASnapASecondLater() {
    JsonObject now = asOf();
    try (PushClient client = first.viewer()) {
      long begun = System.nanoTime();
      JsonObject never = now.copy().put("seq", now.getLong("seq") + 10_000);
      JsonObject snap = client.ask(since(never), "snap");

      assertThat(snap.getLong("seq")).isEqualTo(now.getLong("seq"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(900), Duration.ofMillis(3_000));
    }
  }

  @Test
  void aPlaceFarBeyondTheLogIsAnsweredAtOnce() {
    JsonObject now = asOf();
    try (PushClient client = first.viewer()) {
      long begun = System.nanoTime();
      JsonObject snap = client.ask(since(now.copy().put("seq", Long.MAX_VALUE)), "snap");

      assertThat(snap.getLong("seq")).isEqualTo(now.getLong("seq"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(900));
    }
  }

  @Test
  void aPlaceInAnotherLogIsAnsweredByASnap() {
    try (PushClient client = first.viewer()) {
      JsonObject snap = client.ask(since(asOf().put("epoch", "another")), "snap");

      assertThat(snap.getString("epoch")).isEqualTo(asOf().getString("epoch"));
    }
  }

  @Test
  void aPlaceFromBeforeTheNodesTimeIsAnsweredByASnap() {
    try (PushClient client = second.viewer()) {
      JsonObject snap = client.ask(since(beforeTheSecond), "snap");

      assertThat(snap.getLong("seq")).isGreaterThan(beforeTheSecond.getLong("seq"));
    }
  }

  @Test
  void byHeatThereIsAlwaysASnap() {
    live();
    JsonObject now = asOf();
    try (PushClient client = first.viewer()) {
      JsonObject ask = subHall("hot", 20).put("since", now);
      client.ask(ask, "snap");
      client.ask(ask, "snap");

      assertThat(client.unseen()).isEmpty();
    }
  }

  @Test
  void whoLostTheThreadAsksForTheWholeView() {
    try (PushClient client = first.viewer()) {
      JsonObject snap = client.ask(subHall("newest", 20), "snap");

      JsonObject again = client.ask(frame("resync").put("ch", CHANNEL), "snap");

      assertThat(again).isEqualTo(snap);
    }
  }

  @Test
  void whoAsksAgainBeforeTheAnswerIsAnsweredTwice() {
    JsonObject held = asOf();
    live();
    try (PushClient client = first.viewer()) {
      client.say(since(held));
      client.say(frame("resync").put("ch", CHANNEL));
      JsonObject delta = client.await("delta");
      JsonObject snap = client.await("snap");

      assertThat(delta.getLong("prev")).isEqualTo(held.getLong("seq"));
      assertThat(snap.getLong("seq")).isEqualTo(delta.getLong("seq"));
    }
  }

  @Test
  void whatIsLookedAtAlreadyIsAnsweredAgain() {
    try (PushClient client = first.viewer()) {
      JsonObject snap = client.ask(subHall("newest", 20), "snap");

      assertThat(client.ask(subHall("newest", 20), "snap")).isEqualTo(snap);
      App.Own room = live();
      assertThat(App.ids(new JsonObject().put("rooms", client.await("delta").getJsonArray("up"))))
          .containsExactly(room.id());
      assertThat(client.unseen()).isEmpty();
    }
  }

  private static boolean isAt(JsonObject page, long seq) {
    return page.getJsonObject("asOf").getLong("seq") == seq;
  }

  private static JsonObject since(JsonObject position) {
    return subHall("newest", 20).put("since", position);
  }

  private static JsonObject asOf() {
    return app.list("").getJsonObject("asOf");
  }

  private static App.Own live() {
    return app.openLive("resume" + hosts++);
  }
}
