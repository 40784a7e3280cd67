package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a viewer of the hall is told: the page that REST would show, and how it changes. */
class PushViewsTest {
  private static TestServer server;
  private static App app;
  private static int hosts;

  @BeforeAll
  static void start() {
    server = TestServer.start("HALL_MARKEVERY", "100ms", "ROOMS_POLLEVERY", "1h");
    app = server.app();
    for (int i = 0; i < 5; i++) {
      live(i % 2 == 0 ? "even" : "odd");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "newest,,20",
    "newest,,100",
    "newest,,1",
    "newest,even,20",
    "hot,,20",
    "hot,odd,100",
    "hot,,1"
  })
  void theFirstAnswerIsThePageOfTheList(String sort, String tag, int limit) {
    try (PushClient client = server.viewer()) {
      JsonObject snap = client.ask(subHall(sort, limit).put("tag", tag), "snap");

      String query = "?sort=" + sort + "&limit=" + limit + (tag == null ? "" : "&tag=" + tag);
      JsonObject page = app.list(query);
      assertThat(snap.getJsonArray("rooms")).isEqualTo(page.getJsonArray("rooms")).isNotEmpty();
      assertThat(snap.getInteger("total")).isEqualTo(page.getInteger("total"));
      assertThat(snap.getString("ch"))
          .isEqualTo("hall:" + sort + ":" + limit + (tag == null ? "" : ":" + tag));
      assertThat(snap.getString("epoch")).isEqualTo(page.getJsonObject("asOf").getString("epoch"));
      assertThat(snap.getLong("seq")).isEqualTo(page.getJsonObject("asOf").getLong("seq"));
    }
  }

  @Test
  void whoSaysNothingMoreThanHallGetsTheTwentyNewest() {
    try (PushClient client = server.viewer()) {
      JsonObject snap = client.ask(frame("sub").put("view", "hall"), "snap");

      assertThat(snap.getString("ch")).isEqualTo("hall:newest:20");
    }
  }

  @Test
  void aTagMayBeOfAnyScript() {
    App.Own room = live("音楽_b");

    try (PushClient client = server.viewer()) {
      JsonObject snap = client.ask(subHall("newest", 9).put("tag", "音楽_b"), "snap");

      assertThat(snap.getString("ch")).isEqualTo("hall:newest:9:音楽_b");
      assertThat(App.ids(snap)).containsExactly(room.id());
    }
  }

  @Test
  void aDeltaTellsWhatCameWhatLeftAndWhy() {
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 2).put("tag", "story"), "snap");

      App.Own a = live("story");
      assertDelta(client, 1, List.of(a.id()), List.of(), List.of(a.id()));

      App.Own b = live("story");
      assertDelta(client, 2, List.of(b.id()), List.of(), List.of(b.id(), a.id()));

      App.good(app.edit(a, new JsonObject().put("title", "Other words")));
      assertDelta(client, 2, List.of(a.id()), List.of(), null);

      App.Own c = live("story");
      assertDelta(client, 3, List.of(c.id()), List.of(a.id() + " left"), List.of(c.id(), b.id()));

      App.good(app.close(c));
      assertDelta(client, 2, List.of(a.id()), List.of(c.id() + " closed"), List.of(b.id(), a.id()));

      App.good(app.edit(b, new JsonObject().put("tags", new JsonArray().add("other"))));
      assertDelta(client, 1, List.of(), List.of(b.id() + " left"), List.of(a.id()));
    }
  }

  @Test
  void anInterruptedRoomLeavesAndComesBackToItsPlace() {
    App.Own older = live("break");
    App.Own younger = live("break");
    app.up(older);
    await().until(() -> app.evidence(older).getString("because").contains("stream is up"));
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 20).put("tag", "break"), "snap");

      app.down(older);
      assertDelta(client, 1, List.of(), List.of(older.id() + " left"), List.of(younger.id()));

      app.up(older);
      List<String> both = List.of(younger.id(), older.id());
      assertDelta(client, 2, List.of(older.id()), List.of(), both);
    }
  }

  @Test
  void aRoomBelowThePageChangesTheTotalOnly() {
    App.Own below = live("below");
    live("below");
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 1).put("tag", "below"), "snap");

      App.good(app.close(below));

      assertDelta(client, 1, List.of(), List.of(), null);
    }
  }

  @Test
  void everyoneWithTheSameViewGetsTheSameBytes() {
    try (PushClient one = server.viewer();
        PushClient two = server.viewer();
        PushClient three = server.viewer()) {
      List<PushClient> all = List.of(one, two, three);
      all.forEach(client -> client.ask(subHall("newest", 100).put("tag", "same"), "snap"));

      for (int i = 0; i < 5; i++) {
        App.Own room = live("same");
        all.forEach(client -> client.await("delta"));
        App.good(app.edit(room, new JsonObject().put("title", "Wörter " + i)));
        all.forEach(client -> client.await("delta"));
      }

      assertThat(told(one)).hasSize(10).isEqualTo(told(two)).isEqualTo(told(three));
    }
  }

  @Test
  void aQuietViewStillProvesThatItIsThereAndRight() {
    App.Own shown = live("quiet");
    try (PushClient client = server.viewer()) {
      var view = new ShownHall("hall:newest:20:quiet");
      client.ask(subHall("newest", 20).put("tag", "quiet"), "snap");

      live("loud");
      long head = app.list("").getJsonObject("asOf").getLong("seq");
      JsonObject delta = client.await("delta");
      JsonObject mark = client.await(said -> isMark(said) && said.getLong("seq") == head);

      assertThat(delta)
          .isEqualTo(
              frame("delta")
                  .put("ch", "hall:newest:20:quiet")
                  .put("prev", head - 1)
                  .put("seq", head)
                  .put("total", 1)
                  .put("up", new JsonArray())
                  .put("rm", new JsonArray()));
      assertThat(mark.getInteger("count")).isEqualTo(1);
      assertThat(mark.getString("hash")).isEqualTo(ShownHall.hash(List.of(app.find(shown))));
      view.follow(client);
    }
  }

  @Test
  void anEmptyViewHasMarksToo() {
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 20).put("tag", "nobody"), "snap");

      JsonObject mark = client.await("mark");

      assertThat(mark.getInteger("count")).isZero();
      assertThat(mark.getString("hash")).isEqualTo("00000000");
    }
  }

  private static void assertDelta(
      PushClient client, int total, List<String> up, List<String> rm, List<String> order) {
    JsonObject delta = client.await("delta");
    assertThat(ids(delta.getJsonArray("up"))).isEqualTo(up);
    assertThat(
            ShownHall.objects(delta.getJsonArray("rm")).stream()
                .map(gone -> gone.getString("id") + " " + gone.getString("why")))
        .isEqualTo(rm);
    assertThat(delta.getJsonArray("order"))
        .isEqualTo(order == null ? null : new JsonArray(List.copyOf(order)));
    assertThat(delta.getInteger("total")).isEqualTo(total);
    for (JsonObject room : ShownHall.objects(delta.getJsonArray("up"))) {
      assertThat(app.get("/v1/rooms/" + room.getString("id")).room()).isEqualTo(room);
    }
  }

  private static boolean isMark(JsonObject said) {
    return said.getString("t").equals("mark");
  }

  private static List<String> told(PushClient client) {
    return client.texts().stream().filter(text -> text.contains("\"t\":\"delta\"")).toList();
  }

  private static List<String> ids(JsonArray rooms) {
    return ShownHall.objects(rooms).stream().map(room -> room.getString("id")).toList();
  }

  private static App.Own live(String tag) {
    var wish = new JsonObject().put("title", "of " + tag).put("tags", new JsonArray().add(tag));
    App.Own room = app.open("views" + hosts++, wish);
    App.good(app.live(room));
    return room;
  }
}
