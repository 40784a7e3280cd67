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
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis is killed, hangs, or loses everything while people like, and comes back. */
class RedisAwayTest {
  private static final int PEOPLE = 16;

  @TempDir static Path directory;
  private static EmbeddedStores stores;
  private static TestServer server;
  private static App app;
  private static Postgres postgres;

  @BeforeAll
  static void start() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    stores = EmbeddedStores.start(directory, Path.of("target", "store-programs"), Wanted.REDIS);
    String database = TestStores.newDatabase();
    server =
        TestServer.start(
            "POSTGRES_URI", database, "REDIS_URI", stores.redisUri(), "COUNTERS_KEEPEVERY", "1s");
    postgres = TestStores.connect(database);
    app = server.app();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    TestStores.await(postgres.close());
    stores.close();
  }

  @Test
  void aKilledRedisLosesNoAnsweredLike() {
    List<App.Own> rooms = rooms("killed");
    try (var likers = new Likers(PEOPLE, rooms, any -> app)) {
      soon(() -> assertThat(likers.answers()).isGreaterThan(500));

      TestProcess.signal(redis(), "KILL");

      soon(() -> assertThat(unsure(likers, rooms)).isPositive());
      int before = likers.answers();
      soon(() -> assertThat(likers.answers()).isGreaterThan(before + 500));
      likers.close();
      assertThat(likers.refusals()).isEmpty();
      rooms.forEach(room -> soon(() -> assertCounted(room, likers)));
    }
  }

  @Test
  void aRedisThatHangsHoldsNobodyUpAndTheEndOfARoomIsExactLater() {
    App.Own room = rooms("hung").get(0);
    like(room, "ada", 7);
    soon(() -> assertThat(likes(room)).isEqualTo(7));
    like(room, "bob", 5);

    TestProcess.signal(redis(), "STOP");
    try {
      assertThat(likeOf(room, "cid", 1).status()).isEqualTo(503);
      long begun = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        App.Reply refused = likeOf(room, "cid", 1);
        assertThat(refused.code()).isEqualTo("UNAVAILABLE");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      assertThat(app.list("").getInteger("total")).isPositive();
      App.good(app.close(room));
    } finally {
      TestProcess.signal(redis(), "CONT");
    }

    // What waited in the hung server's socket may have been counted before the room was sealed.
    soon(() -> assertThat(summaryLikes(room)).isBetween(12, 13));
    App.Own next = app.openLive("after-the-hang");
    soon(() -> assertThat(likeOf(next, "ada", 1).status()).isEqualTo(200));
  }

  @Test
  void anEmptiedRedisGoesOnFromWhatWasKeptAndNoCounterFalls() throws IOException {
    App.Own room = rooms("emptied").get(0);
    like(room, "ada", 20);
    like(room, "bob", 20);
    soon(() -> assertThat(likes(room)).isEqualTo(40));

    stores.redis().stop();
    try (Stream<Path> files = Files.walk(directory.resolve("redis/appendonlydir"))) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
    }
    assertThat(likes(room)).isEqualTo(40);
    stores.redis().start();

    soon(() -> assertThat(likeOf(room, "cid", 3).status()).isEqualTo(200));
    soon(() -> assertThat(likes(room)).isEqualTo(43));
    assertThat(App.good(app.close(room)).json().getJsonObject("summary").getInteger("likes"))
        .isEqualTo(43);
  }

  private static List<App.Own> rooms(String name) {
    return IntStream.range(0, 5).mapToObj(i -> app.openLive(name + i)).toList();
  }

  private static int unsure(Likers likers, List<App.Own> rooms) {
    return rooms.stream().mapToInt(likers::unsure).sum();
  }

  /** All that was answered, and at most what had no answer. */
  private static void assertCounted(App.Own room, Likers likers) {
    int answered = likers.answered(room);
    assertThat(likes(room)).isBetween(answered, answered + likers.unsure(room));
    assertThat(
            TestServer.sql(postgres, "select likes from room where id = '" + room.id() + "'")
                .get(0)
                .getLong("likes"))
        .isEqualTo(likes(room));
  }

  private static void like(App.Own room, String user, int count) {
    soon(() -> App.good(likeOf(room, user, count)));
  }

  private static App.Reply likeOf(App.Own room, String user, int count) {
    return app.post(room.path() + "/likes", App.token(user), "{\"count\":" + count + "}");
  }

  private static int likes(App.Own room) {
    return app.get(room.path()).room().getInteger("likes");
  }

  private static int summaryLikes(App.Own room) {
    return app.get(room.path() + "/summary").json().getJsonObject("summary").getInteger("likes");
  }

  private static ProcessHandle redis() {
    String settings = directory.resolve("redis/redis.conf").toAbsolutePath().toString();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              process ->
                  process.info().commandLine().filter(line -> line.contains(settings)).isPresent())
          .findFirst()
          .orElseThrow();
    }
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(15))
        .ignoreExceptions()
        .untilAsserted(assertion);
  }
}
