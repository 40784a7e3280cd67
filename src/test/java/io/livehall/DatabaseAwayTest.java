package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.embedded.EmbeddedStores;
import io.livehall.embedded.Wanted;
import io.livehall.postgres.Postgres;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores go away while the server works, and come back. */
class DatabaseAwayTest {
  @TempDir static Path directory;
  private static EmbeddedStores stores;
  private static TestServer server;
  private static App app;
  private static Postgres postgres;

  @BeforeAll
  static void start() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    stores = EmbeddedStores.start(directory, Path.of("target", "store-programs"), Wanted.BOTH);
    server = TestServer.start("POSTGRES_URI", stores.postgresUri(), "REDIS_URI", stores.redisUri());
    app = server.app();
    postgres = TestStores.connect(stores.postgresUri());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    TestStores.await(postgres.close());
    stores.close();
  }

  @Test
  void whileTheDatabaseIsAwayNothingHangsAndAfterwardsNothingIsLost() throws IOException {
    App.Own steady = app.openLive("steady");
    App.Own pushing = app.open("pushing");
    app.up(pushing);

    try (var crowd = new Crowd(32, host -> app)) {
      soon(() -> assertThat(crowd.answers()).isGreaterThan(500));

      stores.postgres().stop();
      soon(() -> assertThat(crowd.refusals()).hasSizeGreaterThan(100));
      assertThat(app.listed()).contains(steady.id(), pushing.id());
      soon(() -> assertThat(isReady()).isFalse());
      App.Reply readOfOne = app.get("/v1/rooms/r00000000000000a");
      assertThat(readOfOne.status()).isEqualTo(503);

      stores.postgres().start();
      int before = crowd.answers();
      soon(() -> assertThat(crowd.answers()).isGreaterThan(before + 500));
      soon(() -> assertThat(isReady()).isTrue());

      crowd.close();
      assertThat(crowd.refusals()).allSatisfy(DatabaseAwayTest::assertSaysComeBack);
      assertThat(crowd.slowest()).isLessThan(Duration.ofSeconds(5));
      assertThat(crowd.silences()).isZero();
      assertThat(crowd.lost(postgres)).isEmpty();
    }

    assertThat(Crowd.faultsOfLog(postgres)).isEmpty();
    soon(() -> assertThat(listIsWhole()).isTrue());
    assertThat(app.state(steady)).isEqualTo("live");
    assertThat(app.state(pushing)).isEqualTo("live");
  }

  @Test
  void aDatabaseThatHangsHoldsNobodyUp() throws IOException {
    App.Own steady = app.openLive("held");

    try (var crowd = new Crowd(32, host -> app)) {
      soon(() -> assertThat(crowd.answers()).isGreaterThan(100));

      signalPostgres("STOP");
      try {
        soon(() -> assertThat(crowd.refusals()).hasSizeGreaterThanOrEqualTo(32));
        assertThat(app.listed()).contains(steady.id());
        soon(() -> assertThat(isReady()).isFalse());
      } finally {
        signalPostgres("CONT");
      }

      int before = crowd.answers();
      soon(() -> assertThat(crowd.answers()).isGreaterThan(before + 100));
      crowd.close();
      assertThat(crowd.refusals()).allSatisfy(DatabaseAwayTest::assertSaysComeBack);
      assertThat(crowd.slowest()).isLessThan(Duration.ofSeconds(5));
      assertThat(crowd.lost(postgres)).isEmpty();
    }

    assertThat(Crowd.faultsOfLog(postgres)).isEmpty();
    soon(() -> assertThat(listIsWhole()).isTrue());
  }

  @Test
  void withoutRedisRoomsLiveAndEndAsBefore() throws IOException {
    stores.redis().stop();

    soon(() -> assertThat(check("redis").getBoolean("well")).isFalse());
    App.Own room = app.open("noredis");
    app.up(room);
    soon(() -> assertThat(app.listed()).contains(room.id()));
    App.good(app.live(room));
    App.good(app.close(room));
    assertThat(app.listed()).doesNotContain(room.id());
    assertThat(isReady()).isTrue();

    stores.redis().start();
    soon(() -> assertThat(check("redis").getBoolean("well")).isTrue());
  }

  @Test
  void aServerStartsWithoutRedis() {
    String nobody = "redis://127.0.0.1:" + TestPorts.take().api();

    try (var lonely = TestServer.start("REDIS_URI", nobody)) {
      App.Own room = lonely.app().openLive("lonely");
      assertThat(lonely.app().listed()).containsExactly(room.id());
      assertThat(lonely.ops().get("/readyz").status()).isEqualTo(200);
    }
  }

  private static void assertSaysComeBack(App.Reply refusal) {
    assertThat(refusal.status()).as(refusal.body()).isEqualTo(503);
    assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
    assertThat(refusal.code()).isIn("UNAVAILABLE", "TIMEOUT");
  }

  /** To the process that listens and to each that serves a connection. */
  private static void signalPostgres(String signal) throws IOException {
    String first = Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(0).trim();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(first)).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    for (ProcessHandle process : all) {
      TestProcess.signal(process, signal);
    }
  }

  /** The list of this node is the database's, to the room. */
  private static boolean listIsWhole() {
    List<String> live =
        TestServer.sql(postgres, "select id from room where state = 'live'").stream()
            .map(row -> row.getString("id"))
            .toList();
    return app.list("?limit=100").getLong("total") == live.size()
        && live.size() <= 100
        && app.listed().containsAll(live);
  }

  private static boolean isReady() {
    return server.ops().get("/readyz").status() == 200;
  }

  private static JsonObject check(String name) {
    return server.ops().get("/readyz").json().getJsonArray("checks").stream()
        .map(check -> (JsonObject) check)
        .filter(check -> check.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(assertion);
  }
}
