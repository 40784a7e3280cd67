package io.livehall;

import io.livehall.bus.Addresses;
import io.livehall.bus.CounterOnBus;
import io.livehall.bus.KeeperOnBus;
import io.livehall.bus.LiveBus;
import io.livehall.config.LiveConfig;
import io.livehall.config.Role;
import io.livehall.config.TencentConfig;
import io.livehall.postgres.Migrations;
import io.livehall.postgres.Postgres;
import io.livehall.postgres.PostgresAccounts;
import io.livehall.postgres.PostgresHousekeeping;
import io.livehall.postgres.PostgresInbox;
import io.livehall.postgres.PostgresLog;
import io.livehall.postgres.PostgresRooms;
import io.livehall.postgres.PostgresSimulatedStreams;
import io.livehall.postgres.PostgresTallies;
import io.livehall.postgres.PostgresWatchList;
import io.livehall.protocol.Pbkdf2Passwords;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.Tokens;
import io.livehall.protocol.push.NewsDesk;
import io.livehall.protocol.push.PushDoor;
import io.livehall.protocol.push.Reception;
import io.livehall.protocol.rest.RestApi;
import io.livehall.redis.RedisCounters;
import io.livehall.service.Accounts;
import io.livehall.service.Attendance;
import io.livehall.service.Audience;
import io.livehall.service.Callbacks;
import io.livehall.service.CountedRooms;
import io.livehall.service.Counter;
import io.livehall.service.Counting;
import io.livehall.service.Keeper;
import io.livehall.service.LikeCounter;
import io.livehall.service.Likes;
import io.livehall.service.Listing;
import io.livehall.service.Polls;
import io.livehall.service.RoomKeeper;
import io.livehall.service.Rooms;
import io.livehall.service.port.StreamCloud;
import io.livehall.service.port.TallyStore;
import io.livehall.tencent.CallbackDoor;
import io.livehall.tencent.SimulatedApi;
import io.livehall.tencent.SimulatedCloud;
import io.livehall.tencent.SimulatedKeys;
import io.livehall.tencent.TencentCallback;
import io.livehall.tencent.TencentCloud;
import io.livehall.verticle.ApiVerticle;
import io.livehall.verticle.CallbackVerticle;
import io.livehall.verticle.ConnectionLimit;
import io.livehall.verticle.CounterVerticle;
import io.livehall.verticle.HallVerticle;
import io.livehall.verticle.JanitorVerticle;
import io.livehall.verticle.KeeperVerticle;
import io.livehall.verticle.Meters;
import io.livehall.verticle.NodeHealth;
import io.livehall.verticle.OpsVerticle;
import io.livehall.verticle.PollVerticle;
import io.livehall.verticle.PushVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The whole server: made from top to bottom by {@link #start}, taken down backwards by {@link
 * #stop}.
 */
public final class LiveServer {
  private final LiveConfig config;
  private final Settings settings;
  private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
  private final Listing listing = new Listing();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);
  private final Tokens tokens;
  private final NodeHealth health;
  private final Teardown teardown;
  private @Nullable ApiVerticle api;

  /** For who speaks to the parts from outside, as tests do. */
  @Nullable LiveBus bus;

  public LiveServer(LiveConfig config) {
    this.config = config;
    this.settings = new Settings(config);
    this.tokens = settings.tokens(clock);
    this.teardown = new Teardown(config.stop().within());
    String version = LiveServer.class.getPackage().getImplementationVersion();
    this.health =
        new NodeHealth(
            new NodeHealth.Node(
                settings.nodeName(),
                version == null ? "development" : version,
                config.tencent().mode().name().toLowerCase(Locale.ROOT),
                Instant.now(clock)),
            listing);
  }

  public void start() {
    Stores stores = Stores.open(config);
    teardown.add("stores", stores::close);
    Vertx vertx = new VertxStart(config, registry, health).start();
    teardown.add("vertx", vertx::close);

    var crew = new Crew(vertx, teardown);
    var connections = new Connections(vertx, stores, config, teardown);
    Postgres postgres = connections.postgres(config.postgres().poolSize());
    new DatabaseStart(new Migrations(postgres)).run();
    RedisCounters redis = connections.counters();
    var house = new PostgresHousekeeping(postgres);
    var log = new PostgresLog(postgres);
    health.probe("postgres", () -> log.head().map("answers"));
    health.probe("redis", () -> redis.ping().map("answers"));
    crew.add("ops.port", new OpsVerticle(config.ops(), health, registry, house));

    meters.expect("polls", "up", "down", "unknown");
    meters.expect("callbacks", "ok", "unmatched", "noted", "forged", "expired", "malformed");
    var bus = new LiveBus(vertx, config.bus().askTimeout());
    this.bus = bus;
    var keeper = new KeeperOnBus(bus);
    var counter = new CounterOnBus(bus);
    boolean isSimulated = config.tencent().mode() == TencentConfig.Mode.SIMULATED;
    SimulatedCloud simulated = isSimulated ? simulatedCloud(vertx, postgres) : null;
    StreamCloud cloud = simulated == null ? trueCloud(vertx) : simulated;
    var json = new RoomJson(settings.streamUrls());
    Rooms rooms = rooms(postgres, keeper);
    Likes likes = likes(rooms, new PostgresTallies(postgres), counter, connections);
    var audience = new Audience(rooms, counter, redis, settings.visitsOfALoop());
    var desk = new NewsDesk(settings.pushPace(), json, rooms::find, meters);

    if (config.roles().contains(Role.KEEPER)) {
      // A pool of its own: however much the others ask of the database, rooms are written.
      var written = new PostgresRooms(connections.postgres(2));
      var ports = new RoomKeeper.Ports(written, connections.counters()::seal);
      crew.add("keeper", new KeeperVerticle(bus, ports, settings.keeper(), meters, clock));
      crew.add("keeper", new JanitorVerticle(house, config.keeper().logFor(), clock));
    }
    boolean countsHere = config.roles().contains(Role.COUNTER);
    var sources = new HallVerticle.Sources(log, redis, json, countsHere);
    // The list may be long: while it is read, the rest is made.
    Future<?> list =
        crew.begin("hall", () -> new HallVerticle(bus, sources, listing, desk, config.hall()), 1);
    meters.watch(listing);
    if (countsHere) {
      // A line of its own: however much the others ask of Redis, viewers are counted.
      var tallies = new PostgresTallies(postgres);
      var counting = new Counting(connections.counters(), tallies, listing, settings.countLimits());
      crew.add("counters", new CounterVerticle(bus, counting, config.counters(), meters));
    }
    if (config.roles().contains(Role.CALLBACK)) {
      crew.add("callback.port", callbacks(postgres, keeper));
    }
    if (config.roles().contains(Role.POLL)) {
      var ports = new Polls.Ports(new PostgresWatchList(postgres, clock), cloud, keeper);
      var polls = new Polls(ports, settings.pollPace(), clock, meters);
      crew.add("poll", new PollVerticle(polls, config.rooms().pollEvery()));
    }
    if (config.roles().contains(Role.API)) {
      var accounts = accounts(vertx, postgres);
      var services =
          new RestApi.Services(
              rooms, likes, audience, accounts, listing, health, meters, simulated);
      var rest = new RestApi(services, tokens, json, settings.rest());
      var limit = new ConnectionLimit(config.http().connectionsMax());
      meters.watch("http.connections", limit, ConnectionLimit::open);
      int loops = config.http().port() == 0 ? 1 : cores();
      Teardown.await(list);
      crew.add("http.port", () -> api(rest, limit), loops);
    }
    Teardown.await(list);
    if (config.roles().contains(Role.PUSH)) {
      var door = new PushDoor(settings.pushRules(), meters);
      var attendance = new Attendance(audience, config.counters().leaseFor());
      meters.watch(door, desk, attendance);
      Teardown.await(bus.listen(Addresses.PRESENCE, attendance::hear));
      Reception reception =
          settings.reception(tokens, new Reception.Counts(likes, attendance), meters);
      crew.add("push.port", () -> new PushVerticle(config.push(), desk, reception, door), cores());
    }
    teardown.add("traffic", health::stopping);
  }

  /** The line that says that it can be used, and where. */
  public String ready() {
    String page = url(config.http().host(), api == null ? config.http().port() : api.port());
    String callbacks = url(config.callback().host(), config.callback().port());
    String ops = url(config.ops().host(), config.ops().port());
    String push = url(config.push().host(), config.push().port()).replaceFirst("http", "ws");
    return "READY page %s/ api %s/docs push %s/v1/live callbacks %s ops %s/readyz"
        .formatted(page, page, push, callbacks + CallbackVerticle.PATH, ops);
  }

  /**
   * Backwards: nothing new is taken in, what is under way is finished, and the cluster is left
   * last.
   */
  public void stop() {
    teardown.run();
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String url(String host, int port) {
    return "http://" + (host.equals("0.0.0.0") ? "localhost" : host) + ":" + port;
  }

  private TencentCloud trueCloud(Vertx vertx) {
    var cloud = new TencentCloud(vertx, config.tencent(), clock);
    teardown.add("cloud", cloud::close);
    return cloud;
  }

  private SimulatedCloud simulatedCloud(Vertx vertx, Postgres postgres) {
    TencentConfig terms = config.tencent();
    var cloud = new SimulatedCloud(new PostgresSimulatedStreams(postgres), terms, ground(vertx));
    teardown.add("cloud", cloud::close);
    int port = terms.simulator().apiPort();
    if (port != 0) {
      var api = new SimulatedApi(cloud, SimulatedKeys.of(terms), clock);
      teardown.add("simulated api", api::close);
      Crew.await("tencent.simulator.apiPort", api.listen(vertx, port));
    }
    return cloud;
  }

  private SimulatedCloud.Ground ground(Vertx vertx) {
    String host =
        config.callback().host().equals("0.0.0.0") ? "127.0.0.1" : config.callback().host();
    URI ours = URI.create(url(host, config.callback().port()));
    return new SimulatedCloud.Ground(vertx, ours.resolve(CallbackVerticle.PATH), clock);
  }

  private ApiVerticle api(RestApi rest, ConnectionLimit limit) {
    api = new ApiVerticle(config.http(), config.stop().within(), rest, limit);
    return api;
  }

  private CallbackVerticle callbacks(Postgres postgres, Keeper keeper) {
    LiveConfig.Callback terms = config.callback();
    var callbacks =
        new Callbacks(
            new PostgresInbox(postgres, clock),
            keeper,
            TencentCallback::order,
            new Callbacks.Settings(terms.queueMax(), terms.keepFor(), clock, meters));
    var door = new CallbackDoor(settings.callbackSignature(), terms.verify(), clock);
    return new CallbackVerticle(terms, door, callbacks, meters);
  }

  private Rooms rooms(Postgres postgres, Keeper keeper) {
    var times = new Rooms.Times(config.tencent().pushUrlFor(), clock);
    var store = new PostgresRooms(postgres);
    return new Rooms(keeper, store, listing, settings.streamUrls(), times);
  }

  private Likes likes(Rooms rooms, TallyStore tallies, Counter counter, Connections connections) {
    meters.expect("likes", "counted", "RATE_LIMITED", "UNAVAILABLE");
    var node =
        new LikeCounter.Node(settings.allowances(), settings.countedAtOnce(), counter, meters);
    var likes =
        new Likes(
            rooms,
            soon -> {
              var counted = new CountedRooms(connections.counters(), tallies, listing);
              return new LikeCounter(node, counted, soon);
            });
    meters.watch("likes.waiting", likes, Likes::waiting);
    return likes;
  }

  private Accounts accounts(Vertx vertx, Postgres postgres) {
    var terms =
        new Accounts.Terms(
            config.tokens().refreshFor(), config.accounts().signInsPerMinute(), clock);
    var accounts = new Accounts(new PostgresAccounts(postgres), new Pbkdf2Passwords(vertx), terms);
    Teardown.await(accounts.bootstrap(settings.firstAccounts()));
    return accounts;
  }
}
