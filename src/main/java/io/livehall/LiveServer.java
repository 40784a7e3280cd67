package io.livehall;

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
import io.livehall.postgres.PostgresWatchList;
import io.livehall.protocol.Pbkdf2Passwords;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.Tokens;
import io.livehall.protocol.push.NewsDesk;
import io.livehall.protocol.push.PushDoor;
import io.livehall.protocol.push.Reception;
import io.livehall.protocol.rest.RestApi;
import io.livehall.redis.HotStore;
import io.livehall.service.Accounts;
import io.livehall.service.Callbacks;
import io.livehall.service.Keeper;
import io.livehall.service.Listing;
import io.livehall.service.Polls;
import io.livehall.service.Rooms;
import io.livehall.tencent.CallbackDoor;
import io.livehall.tencent.SimulatedCloud;
import io.livehall.tencent.TencentCallback;
import io.livehall.verticle.ApiVerticle;
import io.livehall.verticle.CallbackVerticle;
import io.livehall.verticle.ConnectionLimit;
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
    refuseWhatIsNotBuilt();
    Stores stores = Stores.open(config);
    teardown.add("stores", stores::close);
    Vertx vertx = new VertxStart(config, registry, health).start();
    teardown.add("vertx", vertx::close);

    var crew = new Crew(vertx, teardown);
    Postgres postgres = postgres(vertx, stores, config.postgres().poolSize());
    new DatabaseStart(new Migrations(postgres)).run();
    HotStore redis = new HotStore(vertx, stores.redisUri(), config.redis().timeout());
    teardown.add("redis", redis::close);
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
    var cloud =
        new SimulatedCloud(new PostgresSimulatedStreams(postgres), config.tencent(), ground(vertx));
    teardown.add("cloud", cloud::close);
    var json = new RoomJson(settings.streamUrls());
    Rooms rooms = rooms(postgres, keeper);
    var desk = new NewsDesk(settings.pushPace(), json, rooms::find, meters);

    if (config.roles().contains(Role.KEEPER)) {
      // A pool of its own: however much the others ask of the database, rooms are written.
      var written = new PostgresRooms(postgres(vertx, stores, 2));
      crew.add("keeper", new KeeperVerticle(bus, written, settings.keeper(), meters, clock));
      crew.add("keeper", new JanitorVerticle(house, config.keeper().logFor(), clock));
    }
    // The list may be long: while it is read, the rest is made.
    Future<?> list =
        crew.begin("hall", () -> new HallVerticle(bus, log, listing, json, desk, config.hall()), 1);
    meters.watch("log.head", listing, l -> l.isLoaded() ? l.now().at().seq() + l.lag() : 0);
    meters.watch("log.lag", listing, Listing::lag);
    meters.watch("list.rooms", listing, l -> l.isLoaded() ? l.now().size() : 0);
    meters.watch("list.age.seconds", listing, l -> l.age().toMillis() / 1000.0);
    if (config.roles().contains(Role.CALLBACK)) {
      crew.add("callback.port", callbacks(postgres, keeper));
    }
    if (config.roles().contains(Role.POLL)) {
      var ports = new Polls.Ports(new PostgresWatchList(postgres, clock), cloud, keeper);
      var polls = new Polls(ports, settings.pollPace(), clock, meters);
      crew.add("poll", new PollVerticle(polls, config.rooms().pollEvery()));
    }
    if (config.roles().contains(Role.API)) {
      RestApi rest = rest(vertx, postgres, rooms, json, cloud);
      var limit = new ConnectionLimit(config.http().connectionsMax());
      meters.watch("http.connections", limit, ConnectionLimit::open);
      int loops = config.http().port() == 0 ? 1 : cores();
      Teardown.await(list);
      crew.add("http.port", () -> api(rest, limit), loops);
    }
    Teardown.await(list);
    if (config.roles().contains(Role.PUSH)) {
      var door = new PushDoor(settings.pushRules(), meters);
      meters.watch("push.connections", door, PushDoor::open);
      meters.watch("push.views", desk, NewsDesk::viewsShown);
      meters.watch("push.rooms", desk, NewsDesk::roomsShown);
      Reception reception = settings.reception(tokens, meters);
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

  private void refuseWhatIsNotBuilt() {
    if (config.tencent().mode() != TencentConfig.Mode.SIMULATED) {
      throw new StartException(
          "tencent.mode: this version speaks to the simulated cloud only; set it to simulated",
          null);
    }
  }

  private Postgres postgres(Vertx vertx, Stores stores, int poolSize) {
    LiveConfig.Postgres limits = config.postgres();
    var postgres =
        new Postgres(
            vertx,
            new Postgres.Options(
                stores.postgresUri(), poolSize, limits.connectTimeout(), limits.queryTimeout()));
    teardown.add("postgres", postgres::close);
    return postgres;
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

  private RestApi rest(
      Vertx vertx, Postgres postgres, Rooms rooms, RoomJson json, SimulatedCloud cloud) {
    var terms =
        new Accounts.Terms(
            config.tokens().refreshFor(), config.accounts().signInsPerMinute(), clock);
    var accounts = new Accounts(new PostgresAccounts(postgres), new Pbkdf2Passwords(vertx), terms);
    Teardown.await(accounts.bootstrap(settings.firstAccounts()));
    var services = new RestApi.Services(rooms, accounts, listing, health, meters, cloud);
    return new RestApi(services, tokens, json, settings.rest());
  }
}
