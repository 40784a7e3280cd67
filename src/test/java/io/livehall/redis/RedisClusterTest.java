package io.livehall.redis;

import static io.livehall.TestStores.await;
import static io.livehall.redis.RedisStage.enter;
import static io.livehall.redis.RedisStage.leave;
import static io.livehall.redis.RedisStage.reached;
import static io.livehall.redis.RedisStage.viewer;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.config.LiveConfig;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.service.port.CounterStore.Asked;
import io.livehall.service.port.CounterStore.Grant;
import io.livehall.service.port.CounterStore.Liked;
import io.livehall.service.port.CounterStore.Likes;
import io.livehall.service.port.CounterStore.Look;
import io.livehall.service.port.CounterStore.Members;
import io.livehall.service.port.CounterStore.State;
import io.livehall.service.port.CounterStore.Visited;
import io.livehall.service.port.CounterStore.Visits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The counters on a Redis Cluster of three, each of which has a third of the slots. */
class RedisClusterTest {
  private static final int SLOTS = 16_384;
  private static final List<RedisServer> PARTS =
      Stream.generate(RedisClusterTest::part).limit(3).toList();

  private final List<RoomId> rooms = Stream.generate(RoomId::random).limit(60).toList();

  @BeforeAll
  static void join() {
    for (int i = 0; i < 3; i++) {
      RedisServer part = PARTS.get(i);
      part.ask("CLUSTER", "ADDSLOTSRANGE", i * SLOTS / 3, (i + 1) * SLOTS / 3 - 1);
      part.ask("CLUSTER", "MEET", "127.0.0.1", PARTS.get(0).port(), PARTS.get(0).busPort());
    }
    PARTS.forEach(RedisClusterTest::awaitWhole);
  }

  @AfterAll
  static void end() {
    PARTS.forEach(RedisServer::close);
  }

  @Test
  void roomsOfAllPartsAreCountedLikeThoseOfOneServer() {
    RedisCounters counters = reached(counters());
    List<Likes> likes =
        rooms.stream()
            .map(room -> new Likes(room, 5, List.of(new Asked(new UserId("ada"), 3, 0))))
            .toList();
    List<Visits> visits =
        rooms.stream()
            .map(room -> new Visits(room, List.of(enter("ada"), enter("bob"), leave("ada"))))
            .toList();
    Tally last = new Tally(0, 13, 2, 2);

    assertThat(await(counters.like(likes))).allMatch(liked -> liked.state() == State.UNKNOWN);
    await(
        counters.raise(rooms.stream().collect(toMap(room -> room, room -> new Tally(0, 5, 0, 0)))));
    assertThat(await(counters.like(likes)))
        .allMatch(liked -> liked.equals(new Liked(State.COUNTED, List.of(new Grant(3, 10, 0)))));
    List<Visited> visited = await(counters.visit(visits));
    List<Look> looks = await(counters.look(rooms, 10));
    Members members = await(counters.members(rooms.get(0), 0, 10));
    Map<RoomId, Tally> sealed = await(counters.seal(rooms));

    assertThat(visited)
        .allMatch(done -> done.done().get(2).left().equals(viewer("ada", "Name of ada")));
    assertThat(looks).allMatch(look -> look.tally().equals(new Tally(1, 13, 2, 2)));
    assertThat(members.viewers()).containsExactly(viewer("bob", "Name of bob"));
    assertThat(sealed).hasSize(60).allSatisfy((room, tally) -> assertThat(tally).isEqualTo(last));
    assertThat(PARTS).allMatch(part -> part.ask("DBSIZE").toLong() > 5);
    await(counters.close());
  }

  @Test
  void otherPartsAreCountedWhileOneIsAway() {
    RedisCounters counters = reached(counters());
    await(counters.raise(rooms.stream().collect(toMap(room -> room, room -> Tally.ZERO))));
    RedisServer lost = PARTS.get(2);
    Set<RoomId> of = roomsOf(lost);
    assertThat(of).hasSizeBetween(1, 59);
    lost.kill();

    List<Likes> likes = rooms.stream().map(room -> new Likes(room, 1, List.of())).toList();
    for (int i = 1; i <= 20; i++) {
      List<Liked> liked = await(counters.like(likes));
      IntStream.range(0, rooms.size())
          .forEach(
              k ->
                  assertThat(liked.get(k).state())
                      .isEqualTo(of.contains(rooms.get(k)) ? State.AWAY : State.COUNTED));
    }
    lost.startAgain();
    awaitWhole(lost);
    Awaitility.await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                await(counters.look(rooms, 0)).stream()
                    .allMatch(look -> look.state() == State.COUNTED));

    List<Look> looks = await(counters.look(rooms, 0));
    for (int k = 0; k < rooms.size(); k++) {
      assertThat(looks.get(k).tally().likes()).isEqualTo(of.contains(rooms.get(k)) ? 0 : 20);
    }
    await(counters.close());
  }

  private Set<RoomId> roomsOf(RedisServer part) {
    return rooms.stream()
        .filter(room -> part.ask("CLUSTER", "COUNTKEYSINSLOT", slot(part, room)).toLong() > 0)
        .filter(room -> slot(part, room) >= 2 * SLOTS / 3)
        .collect(java.util.stream.Collectors.toSet());
  }

  private static long slot(RedisServer part, RoomId room) {
    return part.ask("CLUSTER", "KEYSLOT", RedisStage.key(room, 'n')).toLong();
  }

  /** Of the three, the client is told of two; the third it learns of. */
  private static RedisCounters counters() {
    LiveConfig config =
        LiveConfig.load(
            Optional.empty(),
            Map.of(
                "LIVEHALL_REDIS_URI", PARTS.get(0).uri(),
                "LIVEHALL_REDIS_MODE", "cluster",
                "LIVEHALL_REDIS_MEMBERS",
                    PARTS.subList(0, 2).stream().map(RedisServer::address).collect(joining(","))));
    var terms = new RedisCounters.Terms(Duration.ofMinutes(1), 20, 100, 10, Duration.ofSeconds(1));
    return new RedisCounters(
        TestStores.vertx(), RedisTarget.options(PARTS.get(0).uri(), config.redis()), terms);
  }

  private static RedisServer part() {
    int busPort = RedisServer.freePort();
    return RedisServer.start(
        "--appendonly",
        "yes",
        "--appendfsync",
        "always",
        "--cluster-enabled",
        "yes",
        "--cluster-port",
        Integer.toString(busPort));
  }

  private static void awaitWhole(RedisServer part) {
    Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(20)).until(() -> isWhole(part));
  }

  private static boolean isWhole(RedisServer part) {
    String info = part.ask("CLUSTER", "INFO").toString();
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
  }
}
