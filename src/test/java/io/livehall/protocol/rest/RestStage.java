package io.livehall.protocol.rest;

import static io.livehall.TestStores.await;

import io.livehall.TestStores;
import io.livehall.bus.CounterOnBus;
import io.livehall.bus.KeeperOnBus;
import io.livehall.bus.LiveBus;
import io.livehall.config.LiveConfig;
import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamUrls;
import io.livehall.domain.UserId;
import io.livehall.postgres.Postgres;
import io.livehall.postgres.PostgresAccounts;
import io.livehall.postgres.PostgresLog;
import io.livehall.postgres.PostgresRooms;
import io.livehall.postgres.PostgresTallies;
import io.livehall.protocol.Pbkdf2Passwords;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.Tokens;
import io.livehall.protocol.push.NewsDesk;
import io.livehall.service.Accounts;
import io.livehall.service.Allowances;
import io.livehall.service.Audience;
import io.livehall.service.CountedRooms;
import io.livehall.service.Counting;
import io.livehall.service.DevStreams;
import io.livehall.service.GroupCommit;
import io.livehall.service.Health;
import io.livehall.service.LikeCounter;
import io.livehall.service.Likes;
import io.livehall.service.Listing;
import io.livehall.service.Role;
import io.livehall.service.RoomKeeper;
import io.livehall.service.RoomPolicy;
import io.livehall.service.Rooms;
import io.livehall.verticle.ApiVerticle;
import io.livehall.verticle.ConnectionLimit;
import io.livehall.verticle.CounterVerticle;
import io.livehall.verticle.HallVerticle;
import io.livehall.verticle.KeeperVerticle;
import io.livehall.verticle.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API on its port, with a real keeper, hall and database behind it. */
final class RestStage implements AutoCloseable {
  static final Instant STARTED = Instant.parse("2026-11-20T12:00:00Z");
  static final int BODY_MAX = 65_536;

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final Vertx vertx = Vertx.vertx();
  private final Postgres postgres = TestStores.migratedDatabase();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ApiVerticle api;
  final Tokens tokens = tokens(KEY, Clock.systemUTC());
  final ConnectionLimit connections;

  /** What a stage can be like. */
  record Kind(
      boolean isViewingAnonymous, boolean hasAccounts, boolean isSimulated, int connections) {
    static final Kind USUAL = new Kind(true, true, true, 1_000);
  }

  RestStage(Kind kind) {
    Clock clock = Clock.tickMillis(ZoneOffset.UTC);
    var liveness =
        new LivenessPolicy(
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ZERO,
            false);
    var policy =
        new RoomPolicy(
            liveness, (room, host) -> StreamName.ofRoom("8888", room), Duration.ofHours(24));
    var domains = new StreamUrls.Domains("8888", "push.example", "play.example", "live", "https");
    var urls = new StreamUrls(domains, "push-key", null, Duration.ofDays(7));
    var json = new RoomJson(urls);
    var listing = new Listing();
    var store = new PostgresRooms(postgres);
    LiveConfig config = LiveConfig.load(Optional.empty(), Map.of());
    var counters = TestStores.counters(vertx);
    var bus = new LiveBus(vertx, Duration.ofSeconds(4));
    var meters = new Meters(new SimpleMeterRegistry());
    var keeping = new KeeperVerticle.Settings(policy, new GroupCommit.Limits(100, 5_000), false);
    await(
        vertx.deployVerticle(
            new KeeperVerticle(
                bus, new RoomKeeper.Ports(store, counters::seal), keeping, meters, clock)));
    var times = new Rooms.Times(Duration.ofHours(24), clock);
    var rooms = new Rooms(new KeeperOnBus(bus), store, listing, urls, times);
    LiveConfig.Hall pace = config.hall();
    var desk =
        new NewsDesk(new NewsDesk.Pace(pace.markEvery(), 150, 20, 10), json, rooms::find, meters);
    var log = new PostgresLog(postgres);
    await(
        vertx.deployVerticle(
            new HallVerticle(
                bus, new HallVerticle.Sources(log, counters, json, true), listing, desk, pace)));
    var counting =
        new Counting(
            counters,
            new PostgresTallies(postgres),
            listing,
            new Counting.Limits(new GroupCommit.Limits(5_000, 100_000), 5));
    await(vertx.deployVerticle(new CounterVerticle(bus, counting, config.counters(), meters)));
    var counter = new CounterOnBus(bus);
    var accounts =
        new Accounts(
            new PostgresAccounts(postgres),
            new Pbkdf2Passwords(vertx),
            new Accounts.Terms(Duration.ofDays(30), 20, clock));
    var settings =
        new RestSettings(
            BODY_MAX,
            64,
            kind.isViewingAnonymous,
            kind.hasAccounts,
            new RestSettings.ForApps(null, 8082, Duration.ofSeconds(60), 20));
    var likeNode =
        new LikeCounter.Node(
            new Allowances(Duration.ofMillis(500)),
            new GroupCommit.Limits(5_000, 100_000),
            counter,
            meters);
    var countedRooms = new CountedRooms(counters, new PostgresTallies(postgres), listing);
    var services =
        new RestApi.Services(
            rooms,
            new Likes(rooms, soon -> new LikeCounter(likeNode, countedRooms, soon)),
            new Audience(rooms, counter, counters, new GroupCommit.Limits(2_000, 20_000)),
            accounts,
            listing,
            RestStage::report,
            meters,
            kind.isSimulated ? new Phone() : null);
    connections = new ConnectionLimit(kind.connections);
    var http =
        new LiveConfig.Http("127.0.0.1", 0, BODY_MAX, Duration.ofSeconds(30), kind.connections);
    api =
        new ApiVerticle(
            http,
            Duration.ofSeconds(5),
            new RestApi(services, tokens, json, settings),
            connections);
    await(vertx.deployVerticle(api));
  }

  static Tokens tokens(String key, Clock clock) {
    return new Tokens(new Tokens.Own(key, Duration.ofHours(1)), null, clock);
  }

  static Tokens tokensOfThePast() {
    return tokens(KEY, Clock.offset(Clock.systemUTC(), Duration.ofDays(-1)));
  }

  int port() {
    return api.port();
  }

  Vertx vertx() {
    return vertx;
  }

  String token(String user, Role role) {
    return tokens.issue(new UserId(user), role);
  }

  RestAsk ask(String method, String path) {
    return new RestAsk(client, method, URI.create("http://127.0.0.1:" + port() + path));
  }

  /** A new room of that host, live if so wished; its id. */
  String room(String host, boolean isLive) {
    String id =
        ask("POST", "/v1/rooms")
            .by(token(host, Role.USER))
            .json(new JsonObject().put("title", "room of " + host))
            .send(201)
            .getJsonObject("room")
            .getString("id");
    if (isLive) {
      ask("POST", "/v1/rooms/" + id + "/live").by(token(host, Role.USER)).send(200);
    }
    return id;
  }

  @Override
  public void close() {
    await(vertx.close());
    await(postgres.close());
  }

  private static Future<Health.Report> report() {
    return Future.succeededFuture(
        new Health.Report(
            "n1",
            "0.1.0",
            "simulated",
            STARTED,
            List.of(
                new Health.Check("postgres", true, "answers"),
                new Health.Check("redis", false, "is away"))));
  }

  /** Stands in for the simulated cloud, which has tests of its own. */
  private static final class Phone implements DevStreams {
    @Override
    public Future<String> up(StreamName stream) {
      return Future.succeededFuture("6674468118806626493");
    }

    @Override
    public Future<Void> down(StreamName stream) {
      return Future.succeededFuture();
    }
  }
}
