package io.livehall;

import io.livehall.bus.Addresses;
import io.livehall.config.LiveConfig;
import io.livehall.domain.RoomId;
import io.livehall.postgres.Postgres;
import io.livehall.service.NewsFlash;
import io.livehall.service.Presence;
import io.livehall.service.RoomTally;
import io.livehall.service.Tallies;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A whole server in this JVM, on free ports and a database of its own, or of those that a test
 * names. What a test wants different it says as an operator would: by the environment.
 */
final class TestServer implements AutoCloseable {
  private static final ScheduledExecutorService ECHO =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "echo");
            thread.setDaemon(true);
            return thread;
          });

  private final LiveServer server;
  private final TestPorts ports;
  private final Postgres postgres;

  private TestServer(LiveServer server, TestPorts ports, Postgres postgres) {
    this.server = server;
    this.ports = ports;
    this.postgres = postgres;
  }

  /** {@code settings} are pairs of a variable, without its prefix, and its value. */
  static TestServer start(String... settings) {
    return start(TestPorts.take(), settings);
  }

  static TestServer start(TestPorts ports, String... settings) {
    Map<String, String> environment = environment(ports, settings);
    var server = new LiveServer(LiveConfig.load(Optional.empty(), environment));
    try {
      server.start();
    } catch (RuntimeException failed) {
      server.stop();
      throw failed;
    }
    String database = environment.get("LIVEHALL_POSTGRES_URI");
    return new TestServer(server, ports, TestStores.connect(database));
  }

  static Map<String, String> environment(TestPorts ports, String... settings) {
    var environment = new LinkedHashMap<>(ports.environment());
    // To hash a password takes a fifth of a second.
    environment.put("LIVEHALL_ACCOUNTS_BOOTSTRAP", "[]");
    // Viewers that a test leaves behind shall not hold up its end.
    environment.put("LIVEHALL_PUSH_DRAINFOR", "100ms");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put("LIVEHALL_" + settings[i], settings[i + 1]);
    }
    environment.computeIfAbsent("LIVEHALL_POSTGRES_URI", absent -> TestStores.newDatabase());
    environment.computeIfAbsent("LIVEHALL_REDIS_URI", absent -> TestStores.redisUri());
    return environment;
  }

  App app() {
    return new App(ports.api());
  }

  RawCall raw() {
    return new RawCall(ports.api());
  }

  App callbackDoor() {
    return new App(ports.callback());
  }

  App ops() {
    return new App(ports.ops());
  }

  /** A viewer without a name, who has said hello. */
  PushClient viewer() {
    return PushClient.connect(ports.push()).hello();
  }

  /** A viewer with a token, who has said hello. */
  PushClient guest(String user) {
    return PushClient.connect(ports.push()).hello(pass(user));
  }

  /** A token as it is said on a socket. */
  static String pass(String user) {
    return App.token(user).substring("Bearer ".length());
  }

  int pushPort() {
    return ports.push();
  }

  /** Counters of a room, as those who count would tell them. */
  void tell(String room, long viewers, long likes) {
    tell(List.of(new RoomTally(new RoomId(room), viewers, likes, 0)));
  }

  void tell(List<RoomTally> tallies) {
    server.bus.tell(Addresses.TALLIES, new Tallies(tallies));
  }

  /** Who came and left, as those who count would tell it. */
  void tell(Presence presence) {
    server.bus.tell(Addresses.PRESENCE, presence);
  }

  /** From here on half of the news come a second time, and that one late. */
  void makeBusBad(Random random) {
    Set<NewsFlash> again = ConcurrentHashMap.newKeySet();
    Consumer<NewsFlash> echo =
        flash -> {
          if (!again.remove(flash) && random.nextBoolean()) {
            again.add(flash);
            ECHO.schedule(
                () -> server.bus.tell(Addresses.ROOM_NEWS, flash),
                random.nextInt(300),
                TimeUnit.MILLISECONDS);
          }
        };
    TestStores.await(server.bus.listen(Addresses.ROOM_NEWS, echo));
  }

  /** As an operator does it: what is under way is finished. */
  void stop() {
    server.stop();
  }

  /** The rows that a query of the server's database gives. */
  List<Row> sql(String query) {
    return sql(postgres, query);
  }

  /** The one number that a query gives. */
  long number(String query) {
    return sql(query).get(0).getLong(0);
  }

  static List<Row> sql(Postgres postgres, String query) {
    return TestStores.await(
        postgres.with(
            pool ->
                pool.query(query)
                    .execute()
                    .map(
                        rows -> {
                          List<Row> all = new ArrayList<>();
                          rows.forEach(all::add);
                          return all;
                        })));
  }

  @Override
  public void close() {
    server.stop();
    TestStores.await(postgres.close());
  }
}
