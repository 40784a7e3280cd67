package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is in a room, page by page. */
class ViewerPagesTest {
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
  void pagesGoFromTheNewestToTheOldestWithoutGapOrRepeat() {
    App.Own room = live();
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      App.good(fan("v" + i).enter(room));
      newestFirst.add(0, "v" + i);
    }

    for (int limit : new int[] {100, 50, 33}) {
      List<String> seen = new ArrayList<>();
      JsonObject page = Fan.page(app, room, "?limit=" + limit);
      while (page.getString("nextCursor") != null) {
        assertThat(page.getJsonArray("viewers")).hasSize(limit);
        seen.addAll(Fan.names(page));
        page = Fan.page(app, room, "?limit=" + limit + "&cursor=" + page.getString("nextCursor"));
      }
      seen.addAll(Fan.names(page));
      assertThat(seen).isEqualTo(newestFirst);
      assertThat(page.getInteger("total")).isEqualTo(250);
      assertThat(page.getJsonArray("viewers")).isNotEmpty();
    }
    assertThat(Fan.names(Fan.page(app, room, "?cursor="))).isEqualTo(newestFirst.subList(0, 20));
  }

  @Test
  void whoStaysIsSeenOnceWhileOthersComeAndGo() {
    App.Own room = live();
    IntStream.range(0, 60).forEach(i -> App.good(fan("s" + i).enter(room)));
    List<String> seen = new ArrayList<>();

    String query = "?limit=7";
    for (int i = 0; query != null; i++) {
      JsonObject page = Fan.page(app, room, query);
      seen.addAll(Fan.names(page));
      App.good(fan("s" + (2 * i + 1)).leave(room)); // the oldest, whose page is yet to come
      App.good(fan("s" + (59 - 2 * i)).leave(room)); // the newest, where the page before ended
      App.good(fan("late" + i).enter(room));
      String next = page.getString("nextCursor");
      query = next == null ? null : "?limit=7&cursor=" + next;
    }

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen).containsAll(IntStream.range(0, 30).mapToObj(i -> "s" + 2 * i).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=101, limit",
    "limit=, limit",
    "limit=two, limit",
    "limit=1&limit=2, limit",
    "cursor=x, cursor",
    "cursor=AAAAAAAAAAAAAAAA, cursor",
    "cursor=AAAAAAAAB_Hg2Ysl, cursor",
    "cursor=-1, cursor",
    "sort=hot, sort",
    "page=2, page"
  })
  void whatNobodyCanAskForIsNamed(String query, String field) {
    App.Reply reply = app.get(live().path() + "/viewers?" + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
  }

  @Test
  void aCursorOfTheListIsNoneOfARoom() {
    App.Own room = live();
    live();
    String cursor = app.list("?limit=1").getString("nextCursor");

    assertThat(app.get(room.path() + "/viewers?cursor=" + cursor).status()).isEqualTo(400);
  }

  private static Fan fan(String user) {
    return Fan.of(app, user);
  }

  private static App.Own live() {
    return app.openLive("host" + hosts++);
  }
}
