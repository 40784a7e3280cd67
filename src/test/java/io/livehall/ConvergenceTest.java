package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two nodes on one database that hear nothing of each other: what the other did each finds in the
 * log only. And on each the bus is bad: what it tells comes twice, late, and out of order. Viewers
 * go to and fro between them.
 */
final class ConvergenceTest {
  private static final int CHANGES = 300;
  private static final int FOLLOWERS = 32;
  private static TestServer one;
  private static TestServer other;

  @BeforeAll
  static void start() {
    String database = TestStores.newDatabase();
    one = startNode(database, 1);
    other = startNode(database, 2);
  }

  @AfterAll
  static void stop() {
    other.close();
    one.close();
  }

  @Test
  void everyViewersListIsThatOfItsNodeInTheEnd() {
    var random = new Random(20261121);
    List<Integer> ports = List.of(one.pushPort(), other.pushPort());
    List<Follower> followers = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS; i++) {
      followers.add(new Follower(i, ports, wish(random), null));
    }
    try {
      var rooms = new Bustle(random, List.of(one.app(), other.app()));
      rooms.run(CHANGES);
      followers.forEach(Follower::settle);
      followers.forEach(
          follower ->
              await()
                  .atMost(Duration.ofSeconds(15))
                  .pollInterval(Duration.ofMillis(100))
                  .untilAsserted(() -> assertThat(follower.shown()).isEqualTo(listOf(follower))));

      assertThat(followers).allSatisfy(follower -> assertThat(follower.faults()).isEmpty());
    } finally {
      followers.forEach(Follower::close);
    }
  }

  private static TestServer startNode(String database, long seed) {
    TestServer node =
        TestServer.start(
            "POSTGRES_URI", database,
            "HALL_HEADEVERY", "100ms",
            "HALL_MARKEVERY", "500ms",
            "ROOMS_POLLEVERY", "1h");
    node.makeBusBad(new Random(seed));
    return node;
  }

  private static JsonObject wish(Random random) {
    int limit = List.of(1, 3, 10, 20, 100).get(random.nextInt(5));
    JsonObject wish = PushClient.subHall(random.nextInt(8) == 0 ? "hot" : "newest", limit);
    return random.nextInt(3) == 0 ? wish.put("tag", Bustle.TAGS.get(random.nextInt(3))) : wish;
  }

  private static List<String> listOf(Follower follower) {
    App node = (follower.port() == one.pushPort() ? one : other).app();
    return node.list(follower.query()).getJsonArray("rooms").stream()
        .map(JsonObject.class::cast)
        .map(room -> room.getString("id") + ":" + room.getLong("version"))
        .toList();
  }
}
