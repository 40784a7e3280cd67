package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.postgres.Postgres;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes: one here, one here that has no keeper, and a process that is killed in the end. To
 * form a cluster takes seconds, so all tests share it, and the killing comes last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {
  @TempDir static Path directory;
  private static TestServer first;
  private static TestServer keeperless;
  private static TestProcess third;
  private static List<App> nodes;
  private static Postgres postgres;

  /** Rooms that stay on air until the end. */
  private static final List<App.Own> rooms = new ArrayList<>();

  @BeforeAll
  static void start() {
    String database = TestStores.newDatabase();
    List<TestPorts> ports = IntStream.range(0, 3).mapToObj(i -> TestPorts.take()).toList();
    String members =
        ports.stream().map(p -> "127.0.0.1:" + p.cluster()).collect(Collectors.joining(","));
    Map<String, String> environment =
        TestServer.environment(ports.get(2), settings(ports.get(2), members, database));
    third = TestProcess.begin(directory.resolve("third.out"), ports.get(2), environment);
    var second =
        CompletableFuture.supplyAsync(
            () -> {
              var without = new ArrayList<>(List.of(settings(ports.get(1), members, database)));
              without.addAll(List.of("ROLES", "api,callback,poll,push"));
              return TestServer.start(ports.get(1), without.toArray(String[]::new));
            });
    first = TestServer.start(ports.get(0), settings(ports.get(0), members, database));
    keeperless = second.join();
    third.awaitReady();
    nodes = List.of(first.app(), keeperless.app(), third.app());
    postgres = TestStores.connect(database);
    soon(
        () ->
            assertThat(Stream.of(first.ops(), keeperless.ops(), third.ops()))
                .allSatisfy(node -> assertThat(check(node, "cluster")).contains("3")));
  }

  private static String[] settings(TestPorts ports, String members, String database) {
    return new String[] {
      "POSTGRES_URI", database,
      "CLUSTER_ENABLED", "true",
      "CLUSTER_NAME", "test" + members.hashCode(),
      "CLUSTER_PORT", Integer.toString(ports.cluster()),
      "CLUSTER_MEMBERS", members,
      // What the news do is not to be done by looks at the log.
      "HALL_HEADEVERY", "10s",
      "HALL_MARKEVERY", "1s",
      "POSTGRES_POOLSIZE", "4",
      "ROOMS_POLLEVERY", "500ms",
      "POLL_CLAIMFOR", "3500ms",
      "COUNTERS_LEASEFOR", "4s",
      "COUNTERS_KEEPEVERY", "1s"
    };
  }

  @AfterAll
  static void stop() {
    Stream.of(keeperless, first, third)
        .forEach(
            node -> {
              try {
                node.close();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    TestStores.await(postgres.close());
  }

  @Test
  @Order(1)
  void aChangeMadeOnAnyNodeIsInTheListOfAll() {
    for (int i = 0; i < nodes.size(); i++) {
      App here = nodes.get(i);
      App.Own room = onAir(here, "anywhere" + i);
      for (App node :
          nodes) { // his own too: it may be live by the word of the cloud, heard elsewhere
        soon(() -> assertThat(node.listed()).contains(room.id()));
      }

      App other = nodes.get((i + 1) % nodes.size());
      App.good(other.edit(room, new JsonObject().put("title", "Changed elsewhere " + i)));
      String title = "Changed elsewhere " + i;
      for (App node : nodes) {
        soon(() -> assertThat(node.get("/v1/rooms").body()).contains(title));
      }

      App.good(nodes.get((i + 2) % nodes.size()).close(room));
      for (App node : nodes) {
        soon(() -> assertThat(node.listed()).doesNotContain(room.id()));
      }
    }
  }

  @Test
  @Order(2)
  void aRefusalCrossesTheClusterAsItIs() {
    App far = keeperless.app();
    App.Own room = far.open("refused");

    var notHis = new App.Own(room.id(), "somebody-else");
    assertThat(far.live(notHis).code()).isEqualTo("FORBIDDEN");
    assertThat(far.live(new App.Own("r00000000000000a", "refused")).code())
        .isEqualTo("ROOM_NOT_FOUND");
  }

  @Test
  @Order(3)
  void allNodesGiveTheSameBytesAtTheSamePosition() {
    IntStream.range(0, 30).forEach(i -> rooms.add(onAir(nodes.get(i % 3), "same" + i)));

    for (String query : List.of("", "?limit=7", "?sort=hot&limit=100")) {
      soon(
          () -> {
            Set<String> bodies = new HashSet<>();
            nodes.forEach(node -> bodies.add(node.get("/v1/rooms" + query).body()));
            assertThat(bodies).hasSize(1);
          });
    }
    String cursor = nodes.get(0).list("?limit=7").getString("nextCursor");
    String next = "?limit=7&cursor=" + cursor;
    soon(() -> assertThat(nodes.get(2).list(next)).isEqualTo(nodes.get(1).list(next)));
  }

  @Test
  @Order(4)
  void whoEntersOnAnyNodeIsCountedOnceOnAll() {
    App.Own room = rooms.get(0);
    String path = room.path() + "/viewers/me";
    for (int user = 0; user < 9; user++) {
      String token = App.token("guest" + user);
      for (App node : nodes) {
        assertThat(node.send(node.request("PUT", path, token, "{}")).status()).isEqualTo(204);
      }
    }
    soon(() -> assertThat(nodes).allSatisfy(node -> assertThat(viewers(node, room)).isEqualTo(9)));

    for (int user = 0; user < 4; user++) {
      App node = nodes.get(user % 3);
      var call = node.request("DELETE", path, App.token("guest" + user), "");
      assertThat(node.send(call).status()).isEqualTo(204);
    }
    assertThat(nodes.get(1).get(room.path() + "/viewers").json().getInteger("total")).isEqualTo(5);
    // Nobody says another word, so their leases end.
    soon(() -> assertThat(nodes).allSatisfy(node -> assertThat(viewers(node, room)).isZero()));
  }

  @Test
  @Order(5)
  void aKilledNodeTakesNothingWithItAndTheOthersGoOn() {
    App alive = keeperless.app();
    App.Own polled = alive.open("polled");
    alive.up(polled);
    soon(() -> assertThat(alive.state(polled)).isEqualTo("live"));

    List<Follower> viewers = viewersOfAllNodes();
    PushClient watcher =
        PushClient.connect(third.pushPort())
            .hello(App.token("watcher").substring("Bearer ".length()));
    watcher.say(PushClient.frame("enter").put("room", rooms.get(1).id()));
    soon(() -> assertThat(viewers(alive, rooms.get(1))).isEqualTo(1));
    try (var crowd = new Crowd(24, host -> nodes.get(host % 3));
        var likers = new Likers(64, rooms, any -> nodes.get(any % 3))) {
      soon(() -> assertThat(crowd.answers()).isGreaterThan(500));
      soon(() -> assertThat(likers.answers()).isGreaterThan(500));
      // A room that is closed by the node that dies: whoever is in it hears of that all the same.
      App.Own last = onAir(third.app(), "last");
      List<Follower> inside = viewersOf(last);
      soon(() -> assertThat(inside).allMatch(Follower::isInRoom));
      App.good(third.app().close(last));
      third.kill();
      soon(() -> assertThat(inside).allMatch(Follower::knowsTheEnd));
      viewers.addAll(inside);
      int before = crowd.answers();
      soon(() -> assertThat(crowd.answers()).isGreaterThan(before + 500));
      crowd.close();
      likers.close();
      assertThat(likers.refusals()).isEmpty();
      rooms.forEach(room -> soon(() -> everyoneAgreesOnTheLikesOf(room, likers)));
      assertThat(crowd.lost(postgres)).isEmpty();
      assertThat(crowd.slowest()).isLessThan(Duration.ofSeconds(5));
      assertThat(crowd.refusals()).allSatisfy(r -> assertThat(r.status()).isEqualTo(503));
    }

    assertThat(Crowd.faultsOfLog(postgres)).isEmpty();
    viewers.forEach(Follower::settle);
    viewers.forEach(viewer -> soon(() -> assertThat(viewer.shown()).isEqualTo(listFor(viewer))));
    assertThat(viewers).allSatisfy(viewer -> assertThat(viewer.faults()).isEmpty());
    viewers.forEach(Follower::close);
    soon(() -> assertThat(viewers(alive, rooms.get(1))).isZero());
    soon(() -> assertThat(check(first.ops(), "cluster")).contains("2"));
    App.Own after = alive.openLive("after");
    soon(() -> assertThat(first.app().listed()).contains(after.id()));
    // What the dead node had claimed to ask about is asked about by the others.
    TestServer.sql(postgres, "update simulated_stream set is_up = false");
    soon(() -> assertThat(open()).isEmpty());
    soon(() -> assertThat(nodes.get(1).list("").getInteger("total")).isZero());
  }

  /** All that was answered, and at most what was under way. */
  private static void everyoneAgreesOnTheLikesOf(App.Own room, Likers likers) {
    long likes = likes(keeperless.app(), room);
    assertThat(likes)
        .isBetween(
            (long) likers.answered(room), (long) likers.answered(room) + likers.unsure(room));
    assertThat(likes(first.app(), room)).isEqualTo(likes);
    String kept = "select likes from room where id = '" + room.id() + "'";
    assertThat(TestServer.sql(postgres, kept).get(0).getLong("likes")).isEqualTo(likes);
  }

  private static long likes(App node, App.Own room) {
    return node.get(room.path()).room().getLong("likes");
  }

  private static int viewers(App node, App.Own room) {
    return node.get(room.path()).room().getInteger("viewers");
  }

  private static List<Follower> viewersOfAllNodes() {
    return IntStream.range(0, 24)
        .mapToObj(i -> new Follower(i, pushPorts(), PushClient.subHall("newest", 20), null))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<Follower> viewersOf(App.Own room) {
    return IntStream.range(100, 112)
        .mapToObj(i -> new Follower(i, pushPorts(), PushClient.subHall("newest", 5), room.id()))
        .toList();
  }

  private static List<Integer> pushPorts() {
    return List.of(first.pushPort(), keeperless.pushPort(), third.pushPort());
  }

  private static List<String> listFor(Follower viewer) {
    App node = (viewer.port() == first.pushPort() ? first : keeperless).app();
    return node.list(viewer.query()).getJsonArray("rooms").stream()
        .map(room -> (JsonObject) room)
        .map(room -> room.getString("id") + ":" + room.getLong("version"))
        .toList();
  }

  /** Rooms that went live and are not closed; hosts who were interrupted leave others behind. */
  private static List<String> open() {
    return TestServer.sql(postgres, "select id from room where state in ('live', 'interrupted')")
        .stream()
        .map(row -> row.getString("id"))
        .toList();
  }

  /** A room whose stream is up, so that the polls leave it alone. */
  private static App.Own onAir(App app, String host) {
    App.Own room = app.open(host);
    app.up(room);
    App.good(app.live(room));
    return room;
  }

  private static String check(App ops, String name) {
    return ops.get("/readyz").json().getJsonArray("checks").stream()
        .map(check -> (JsonObject) check)
        .filter(check -> check.getString("name").equals(name))
        .findFirst()
        .orElseThrow()
        .getString("detail");
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(assertion);
  }
}
