package io.livehall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.redis.client.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresTest {
  @TempDir static Path directory;
  static Stage stage;

  @BeforeAll
  static void open() throws IOException {
    stage = new Stage(directory);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void dataSurvivesAStopAndAStart() throws Exception {
    Path home = stage.home("usual");
    try (EmbeddedStores stores = stage.start(home, Wanted.BOTH)) {
      stage.sql(stores.postgresUri(), "CREATE TABLE survivor AS SELECT 'row' AS word");
      stage.redis(stores.redisUri(), Command.SET, "kept", "value");
    }
    assertThat(Stage.processesNaming(home)).isEmpty();

    try (EmbeddedStores stores = stage.start(home, Wanted.BOTH)) {
      assertThat(stage.sql(stores.postgresUri(), "SELECT word FROM survivor")).isEqualTo("row");
      assertThat(stage.redis(stores.redisUri(), Command.GET, "kept")).isEqualTo("value");
    }
  }

  @Test
  void passwordIsForTheOwnerOnlyAndInNoCommandLine() throws Exception {
    Path home = stage.home("usual");
    try (EmbeddedStores stores = stage.start(home, Wanted.BOTH)) {
      String password = Files.readString(home.resolve("password"));

      assertThat(stores.postgresUri()).contains(":" + password + "@127.0.0.1:");
      assertThat(mode(home.resolve("password"))).isEqualTo("rw-------");
      assertThat(mode(home.resolve("redis/redis.conf"))).isEqualTo("rw-------");
      assertThat(mode(home.resolve("postgres"))).isEqualTo("rwx------");
      // A backend that was just forked still bears its parent's line.
      assertThat(Stage.processesNaming(home))
          .hasSizeGreaterThanOrEqualTo(2)
          .noneMatch(line -> line.contains(password));
      String wrong = stores.postgresUri().replace(password, "guess");
      assertThatThrownBy(() -> stage.sql(wrong, "SELECT 1"))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void everyCommitIsOnDisk() throws Exception {
    try (EmbeddedStores stores = stage.start(stage.home("usual"), Wanted.POSTGRES)) {
      assertThat(stage.sql(stores.postgresUri(), "SHOW fsync")).isEqualTo("on");
      assertThat(stage.sql(stores.postgresUri(), "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(stage.sql(stores.postgresUri(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aHomeServesOneProcessAtATime() throws Exception {
    Path home = stage.home("shared");
    EmbeddedStores first = stage.start(home, Wanted.REDIS);
    try (first) {
      assertThatThrownBy(() -> stage.start(home, Wanted.REDIS))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(home.getFileName() + " is in use", "data.dir");

      Path output = directory.resolve("second.out");
      int code = stage.java(StoresMain.class, output, home).waitFor();
      assertThat(code).isEqualTo(1);
      assertThat(output)
          .content()
          .contains("is in use by process " + ProcessHandle.current().pid());
    }
    stage.start(home, Wanted.REDIS).close();
  }

  @Test
  void aKilledStoreComesBackAtTheSameAddressWithItsData() throws Exception {
    try (EmbeddedStores stores = stage.start(stage.home("usual"), Wanted.BOTH)) {
      String postgres = stores.postgresUri();
      String redis = stores.redisUri();
      stage.sql(postgres, "CREATE TABLE kept AS SELECT 'row' AS word");
      stage.redis(redis, Command.SET, "kept", "value");

      stores.postgres().kill();
      stores.redis().kill();

      assertThatThrownBy(() -> stage.sql(postgres, "SELECT 1")).isNotNull();
      awaitSuccess(() -> assertThat(stage.sql(postgres, "SELECT word FROM kept")).isEqualTo("row"));
      awaitSuccess(() -> assertThat(stage.redis(redis, Command.GET, "kept")).isEqualTo("value"));
      assertThat(stores.postgresUri()).isEqualTo(postgres);
    }
  }

  @Test
  void aStoppedStoreStaysStoppedUntilItIsStarted() throws Exception {
    Path home = stage.home("stopped");
    try (EmbeddedStores stores = stage.start(home, Wanted.REDIS)) {
      String uri = stores.redisUri();

      stores.redis().stop();

      await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(2))
          .until(() -> Stage.processesNaming(home).isEmpty());
      stores.redis().start();
      assertThat(stage.redis(uri, Command.PING)).isEqualTo("PONG");
    }
  }

  @Test
  void aFailedStartSaysWhyAndWhereToLook() throws Exception {
    Path home = stage.home("broken");
    stage.start(home, Wanted.POSTGRES).close();
    Files.writeString(home.resolve("postgres/PG_VERSION"), "11\n");

    assertThatThrownBy(() -> stage.start(home, Wanted.POSTGRES))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            "postgres did not start", "incompatible", home.resolve("postgres.log").toString());
    Files.writeString(home.resolve("postgres/PG_VERSION"), "18\n");
    stage.start(home, Wanted.POSTGRES).close();
  }

  @Test
  void aLostPasswordIsNotReplacedByOneThatDoesNotFit() throws Exception {
    Path home = stage.home("lost");
    stage.start(home, Wanted.POSTGRES).close();
    Files.delete(home.resolve("password"));

    assertThatThrownBy(() -> stage.start(home, Wanted.POSTGRES))
        .hasMessageContaining("put the file back");
    assertThat(home.resolve("password")).doesNotExist();
  }

  @Test
  void anInterruptedCreationIsMadeAnew() throws Exception {
    Path home = stage.home("interrupted");
    Files.createDirectories(home.resolve("postgres.new/base"));
    Files.writeString(home.resolve("postgres.new/PG_VERSION"), "18\n");

    try (EmbeddedStores stores = stage.start(home, Wanted.POSTGRES)) {
      assertThat(stage.sql(stores.postgresUri(), "SELECT current_database()"))
          .isEqualTo("livehall");
    }
    assertThat(home.resolve("postgres.new")).doesNotExist();
  }

  @Test
  void strayPermissionsOnTheDataAreRepaired() throws Exception {
    Path home = stage.home("usual");
    stage.start(home, Wanted.POSTGRES).close();
    Files.setPosixFilePermissions(
        home.resolve("postgres"), PosixFilePermissions.fromString("rwxrwxrwx"));

    stage.start(home, Wanted.POSTGRES).close();

    assertThat(mode(home.resolve("postgres"))).isEqualTo("rwx------");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void awaitSuccess(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(assertion);
  }
}
