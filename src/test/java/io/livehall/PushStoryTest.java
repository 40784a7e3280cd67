package io.livehall;

import static io.livehall.PushClient.subHall;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An evening of many changes, as it is shown by those who look at different parts of it. */
class PushStoryTest {
  private static final List<String> TAGS = List.of("music", "chess", "音楽");
  private static final int HOSTS = 5;
  private static final int CHANGES_OF_EACH = 40;

  private static TestServer server;
  private static App app;

  /** Who looks at what. */
  private record Looking(PushClient client, ShownHall shown, String query) {}

  @BeforeAll
  static void start() {
    server = TestServer.start("HALL_MARKEVERY", "100ms", "ROOMS_POLLEVERY", "1h");
    app = server.app();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whateverHappensEachViewGoesWithoutAHoleToWhatTheListShows() {
    List<Looking> all =
        List.of(
            look("newest", 20, null),
            look("newest", 100, null),
            look("newest", 3, null),
            look("newest", 1, null),
            look("newest", 4, "music"),
            look("newest", 20, "音楽"),
            look("hot", 5, null));

    List<CompletableFuture<Void>> hosts =
        IntStream.range(0, HOSTS)
            .mapToObj(host -> CompletableFuture.runAsync(() -> live("host" + host, host)))
            .toList();
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              all.forEach(looking -> looking.shown.follow(looking.client));
              return hosts.stream().allMatch(CompletableFuture::isDone);
            });
    hosts.forEach(CompletableFuture::join);

    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              for (Looking looking : all) {
                looking.shown.follow(looking.client).assertShows(app.list(looking.query));
              }
            });
    all.forEach(looking -> looking.client.close());
  }

  private static Looking look(String sort, int limit, String tag) {
    PushClient client = server.viewer();
    client.ask(subHall(sort, limit).put("tag", tag), "snap");
    String channel = "hall:" + sort + ":" + limit + (tag == null ? "" : ":" + tag);
    String query = "?sort=" + sort + "&limit=" + limit + (tag == null ? "" : "&tag=" + tag);
    return new Looking(client, new ShownHall(channel), query.replace("音楽", "%E9%9F%B3%E6%A5%BD"));
  }

  /** What one host does: he has up to three rooms, under other names. */
  private static void live(String host, int seed) {
    var random = new Random(seed);
    Map<Integer, App.Own> roomByName = new HashMap<>();
    for (int i = 0; i < CHANGES_OF_EACH; i++) {
      int name = random.nextInt(3);
      App.Own room = roomByName.get(name);
      if (room == null) {
        roomByName.put(name, opened(host + name, random));
      } else {
        change(room, roomByName, name, random);
      }
    }
  }

  private static App.Own opened(String host, Random random) {
    App.Own room = app.open(host, wish(random));
    if (random.nextBoolean()) {
      app.up(room);
    }
    App.good(app.live(room));
    return room;
  }

  private static void change(
      App.Own room, Map<Integer, App.Own> roomByName, int name, Random random) {
    switch (random.nextInt(6)) {
      case 0 -> {
        App.good(app.close(room));
        roomByName.remove(name);
      }
      case 1 -> app.down(room);
      case 2 -> app.up(room);
      default -> App.good(app.edit(room, wish(random)));
    }
  }

  private static JsonObject wish(Random random) {
    var tags = new JsonArray();
    TAGS.stream().filter(tag -> random.nextInt(3) == 0).forEach(tags::add);
    return new JsonObject().put("title", "“" + random.nextInt(1000) + "”\\").put("tags", tags);
  }
}
