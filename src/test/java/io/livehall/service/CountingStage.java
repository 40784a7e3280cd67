package io.livehall.service;

import static io.livehall.TestStores.await;

import io.livehall.TestStores;
import io.livehall.config.LiveConfig;
import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamUrls;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.hall.Hall;
import io.livehall.hall.ListedRoom;
import io.livehall.postgres.Postgres;
import io.livehall.postgres.PostgresRooms;
import io.livehall.postgres.PostgresTallies;
import io.livehall.redis.RedisCounters;
import io.livehall.redis.RedisServer;
import io.livehall.redis.RedisTarget;
import io.livehall.service.Order.Target.ById;
import io.livehall.service.port.CounterStore;
import io.livehall.service.port.CounterStore.Step;
import io.livehall.service.port.TallyStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Who counts, on a real Redis and a real PostgreSQL, where rooms open and close as in a server. A
 * user may give a hundred likes at once, and then so few that a test is faster.
 */
final class CountingStage {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Postgres DATABASE = TestStores.migratedDatabase();

  private final String redisUri;

  final Context loop = TestStores.vertx().getOrCreateContext();
  final Listing listing = new Listing();
  final TallyStore tallies = new PostgresTallies(DATABASE);
  final PostgresRooms rooms = new PostgresRooms(DATABASE);
  final RedisCounters counters;
  final Counting counting;
  final LikeCounter likes;
  private final RoomKeeper keeper;

  CountingStage() {
    this(TestStores.redisUri());
  }

  CountingStage(String redisUri) {
    this.redisUri = redisUri;
    LiveConfig config = LiveConfig.load(Optional.empty(), Map.of());
    var terms = new RedisCounters.Terms(Duration.ofMinutes(1), 1, 100, 10, TIMEOUT);
    counters =
        new RedisCounters(TestStores.vertx(), RedisTarget.options(redisUri, config.redis()), terms);
    counting = node(listing);
    likes = likes(counters, tallies, counting);
    keeper =
        new RoomKeeper(
            new RoomKeeper.Ports(rooms, counters::seal),
            policy(),
            new GroupCommit.Limits(100, 5_000),
            Clock.tickMillis(ZoneOffset.UTC),
            (committed, entries) -> {});
    awaitReached();
  }

  /** Another node that counts in the same stores. */
  Counting node(Listing listing) {
    return node(counters, tallies, listing);
  }

  Counting node(CounterStore store, TallyStore kept, Listing listing) {
    return new Counting(
        store, kept, listing, new Counting.Limits(new GroupCommit.Limits(5_000, 8_000), 5));
  }

  /** Who counts the likes of one event loop. */
  LikeCounter likes(CounterStore store, TallyStore kept, Counter counter) {
    var node =
        new LikeCounter.Node(
            new Allowances(Duration.ofSeconds(10)),
            new GroupCommit.Limits(5_000, 8_000),
            counter,
            (what, result, times) -> {});
    return new LikeCounter(
        node, new CountedRooms(store, kept, listing), work -> loop.runOnContext(now -> work.run()));
  }

  Audience audience(Counter counter) {
    var domains = new StreamUrls.Domains("8888", "push.example", "play.example", "live", "https");
    var urls = new StreamUrls(domains, "push-key", null, Duration.ofDays(7));
    var times = new Rooms.Times(Duration.ofHours(24), Clock.systemUTC());
    return new Audience(
        new Rooms(keeper, rooms, listing, urls, times),
        counter,
        counters,
        new GroupCommit.Limits(2_000, 20_000));
  }

  void awaitReached() {
    Awaitility.await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(10))
        .until(() -> await(counters.ping().map(true).otherwise(false)));
  }

  /** A word to Redis itself. */
  void redis(String command, Object... words) {
    RedisServer.ask(redisUri, command, words);
  }

  /** On the loop to which all of this belongs. */
  <T> T on(Supplier<Future<T>> work) {
    return await(start(work));
  }

  <T> Future<T> start(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(now -> work.get().onComplete(done));
    return done.future();
  }

  /** A room on air. */
  RoomId open() {
    RoomId room = RoomId.random();
    var host = new Host(new UserId("host-" + room), null, null);
    var info = new RoomInfo("t", null, null, List.of());
    RoomId id = on(() -> keeper.open(new Order.Open(host, info, null))).room().id();
    on(() -> keeper.change(new Order.Change(new ById(id), new RoomChange.SaysLive(host.id()))));
    return id;
  }

  /** The room as its end was answered. */
  Room close(RoomId room) {
    UserId host = await(rooms.find(room)).orElseThrow().host().id();
    return on(() -> keeper.change(new Order.Change(new ById(room), new RoomChange.Ends(host))))
        .room();
  }

  /** What the list of this node shows. */
  void show(RoomId room, long likes) {
    show(listing, Map.of(room, likes));
  }

  static void show(Listing listing, Map<RoomId, Long> likesById) {
    List<ListedRoom> listed = new ArrayList<>();
    likesById.forEach(
        (id, likes) -> listed.add(new ListedRoom(id, 1, 0, 0, 0, likes, List.of(), new byte[0])));
    listing.show(Hall.of(new Position("epoch", 1), listed));
  }

  Counter.Answer like(RoomId room, String user, int count) {
    return like(of(room, user, count)).get(0);
  }

  /** All at once; of which it is told at once. */
  List<Counter.Answer> like(LikeCounter.Like... all) {
    return on(() -> join(Stream.of(all).map(likes::take).toList()).onSuccess(told -> likes.tell()));
  }

  static Future<List<Counter.Answer>> join(List<Future<Integer>> answers) {
    return Future.join(answers)
        .transform(
            over -> Future.succeededFuture(answers.stream().map(CountingStage::asAnswer).toList()));
  }

  private static Counter.Answer asAnswer(Future<Integer> answer) {
    return answer.succeeded()
        ? Counter.Answer.of(answer.result())
        : Counter.Answer.refused(((LiveException) answer.cause()).code());
  }

  static LikeCounter.Like of(RoomId room, String user, int count) {
    return new LikeCounter.Like(room, new UserId(user), count);
  }

  Counter.Answer visit(RoomId room, Step step) {
    return on(() -> counting.visit(new Counter.Visits(List.of(new Counter.Visit(room, step)))))
        .answers()
        .get(0);
  }

  static Step enter(String user) {
    return new Step.Enter(viewer(user));
  }

  static Viewer viewer(String user) {
    return new Viewer(new UserId(user), "Name of " + user, null);
  }

  /** What Redis has. */
  Tally counted(RoomId room) {
    return await(counters.look(List.of(room), 0)).get(0).tally();
  }

  /** What PostgreSQL has. */
  Tally kept(RoomId room) {
    return await(tallies.find(List.of(room))).get(room).tally();
  }

  private static RoomPolicy policy() {
    var liveness =
        new LivenessPolicy(
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ZERO,
            false);
    return new RoomPolicy(
        liveness, (room, user) -> StreamName.ofRoom("8888", room), Duration.ofHours(24));
  }
}
