package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.embedded.EmbeddedStores;
import io.livehall.embedded.Wanted;
import io.livehall.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process ends, with and without a warning. */
class KilledServerTest {
  @TempDir Path directory;

  /** The stores run as another user, who must be able to reach their files. */
  @BeforeEach
  void letPass() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void whatWasAnsweredIsThereAfterAKillAndNoDatabaseIsLeftBehind() throws Exception {
    Path home = directory.resolve("data");
    App.Own pushing;
    Crowd crowd;
    try (var server = startOn(home, "first.out")) {
      App app = server.app();
      pushing = app.open("pushing");
      app.up(pushing);
      soon(() -> assertThat(app.state(pushing)).isEqualTo("live"));
      crowd = new Crowd(48, host -> app);
      Crowd load = crowd;
      soon(() -> assertThat(load.answers()).isGreaterThan(2_000));

      server.kill();

      crowd.close();
      assertThat(crowd.refusals()).isEmpty();
      soon(() -> assertThat(TestProcess.processesNaming(home)).isEmpty());
    }

    try (var server = startOn(home, "second.out")) {
      App app = server.app();
      assertThat(app.listed()).contains(pushing.id());
      App.Own next = app.openLive("after");
      assertThat(app.listed()).startsWith(next.id());
      // Polls ask about the stream that was up before.
      soon(() -> assertThat(app.evidence(pushing).encode()).contains("\"poll\""));
      assertThat(app.state(pushing)).isEqualTo("live");

      server.terminate();

      assertThat(server.awaitEnd()).isIn(0, 143);
      assertThat(TestProcess.processesNaming(home)).isEmpty();
      assertThat(server.written()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
    }

    try (var stores = EmbeddedStores.start(home, Wanted.POSTGRES)) {
      Postgres postgres = TestStores.connect(stores.postgresUri());
      assertThat(crowd.rooms()).isGreaterThan(500);
      assertThat(crowd.lost(postgres)).isEmpty();
      assertThat(Crowd.faultsOfLog(postgres)).isEmpty();
      assertThat(listsThatDiffer(postgres)).isEmpty();
      TestStores.await(postgres.close());
    }
  }

  @Test
  void whatIsUnderWayIsAnsweredBeforeAStop() throws Exception {
    TestPorts ports = TestPorts.take();
    Map<String, String> environment = TestServer.environment(ports);
    Postgres postgres = TestStores.connect(environment.get("LIVEHALL_POSTGRES_URI"));
    try (var server = TestProcess.start(directory.resolve("out"), ports, environment)) {
      App app = server.app();
      App.Own room = app.openLive("inflight");

      var answer = new CompletableFuture<App.Reply>();
      TestStores.await(
          postgres.inTransaction(
              holder ->
                  holder
                      .query("select * from room where id = '" + room.id() + "' for update")
                      .execute()
                      .compose(
                          held -> {
                            new Thread(() -> answer.complete(app.close(room))).start();
                            return TestStores.vertx()
                                .executeBlocking(() -> stopWhileItWaits(server, postgres));
                          })));

      App.Reply reply = answer.get(10, TimeUnit.SECONDS);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.room().getString("state")).isEqualTo("closed");
      assertThat(server.awaitEnd()).isIn(0, 143);
    }
    TestStores.await(postgres.close());
  }

  /** Until the room's lock is waited for, and then until the server takes no more calls. */
  private static boolean stopWhileItWaits(TestProcess server, Postgres postgres) {
    soon(
        () ->
            assertThat(TestServer.sql(postgres, "select 1 from pg_locks where not granted"))
                .isNotEmpty());
    server.terminate();
    soon(() -> assertThat(takesCalls(server)).isFalse());
    return server.isAlive();
  }

  private static boolean takesCalls(TestProcess server) {
    try {
      return server.ops().get("/readyz").status() == 200;
    } catch (java.io.UncheckedIOException gone) {
      return false;
    }
  }

  /** Rooms whose last entry in the log says another state than the room's row. */
  private static List<String> listsThatDiffer(Postgres postgres) {
    return TestServer.sql(
            postgres,
            """
            select room.id from room join lateral (
              select state, version from room_log where room_log.id = room.id order by seq desc limit 1
            ) as last on true
            where last.state <> room.state or last.version <> room.version""")
        .stream()
        .map(row -> row.getString("id"))
        .toList();
  }

  private TestProcess startOn(Path home, String output) {
    TestPorts ports = TestPorts.take();
    Map<String, String> environment = new HashMap<>(ports.environment());
    environment.put("LIVEHALL_DATA_DIR", home.toString());
    environment.put("LIVEHALL_ACCOUNTS_BOOTSTRAP", "[]");
    environment.put("LIVEHALL_ROOMS_POLLEVERY", "500ms");
    return TestProcess.start(directory.resolve(output), ports, environment);
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(assertion);
  }
}
