package io.livehall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.redis.client.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left when this process ends without a word. */
class EmbeddedCrashTest {
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

  /**
   * The start right after the death meets stores that are still ending, or what is left of them.
   */
  @ParameterizedTest
  @CsvSource({"signal, false", "signal, true"})
  void theStartRightAfterAKillHasAllData(String wayToDie, boolean storesKilledToo)
      throws Exception {
    Path home = stage.home("crash");
    Process process = running(home, CrashableMain.class, home, stage.programs(), wayToDie);
    List<ProcessHandle> children = process.descendants().toList();
    assertThat(children).hasSizeGreaterThan(2);
    String word = writeInto(home);

    process.destroyForcibly();
    if (storesKilledToo) children.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();

    assertThatStoresHold(home, word);
  }

  @ParameterizedTest
  @ValueSource(strings = {"signal", "guard"})
  void aKilledProcessLeavesNoStoreBehind(String wayToDie) throws Exception {
    Path home = stage.home("crash");
    Process process = running(home, CrashableMain.class, home, stage.programs(), wayToDie);
    assertThat(Stage.processesNaming(home.resolve("postgres"))).isNotEmpty();
    assertThat(Stage.processesNaming(home.resolve("redis"))).isNotEmpty();
    String word = writeInto(home);

    process.destroyForcibly().waitFor();

    await().atMost(Duration.ofSeconds(10)).until(() -> Stage.processesNaming(home).isEmpty());
    assertThat(home.resolve("postgres.log")).content().contains("database system is shut down");
    assertThatStoresHold(home, word);
  }

  @Test
  void theStoresAloneStopInOrderWhenTold() throws Exception {
    Path home = Files.createDirectory(stage.home("alone"));
    Files.createDirectories(stage.programs());
    Files.createSymbolicLink(home.resolve("bin"), stage.programs());
    Process process = running(home, StoresMain.class, home);
    assertThat(directory.resolve("alone.out")).content().startsWith("READY stores ");

    process.destroy();
    process.waitFor();

    assertThat(Stage.processesNaming(home)).isEmpty();
    assertThat(home.resolve("stores.env")).doesNotExist();
    assertThat(home.resolve("postgres.log")).content().contains("database system is shut down");
    assertThat(home.resolve("redis.log")).content().contains("ready to exit");
  }

  private static String writeInto(Path home) throws Exception {
    Properties addresses = Stage.addresses(home);
    String postgres = addresses.getProperty("LIVEHALL_POSTGRES_URI");
    String word = "word" + System.nanoTime();
    stage.sql(postgres, "CREATE TABLE IF NOT EXISTS kept (word text)");
    stage.sql(postgres, "INSERT INTO kept VALUES ('" + word + "')");
    stage.redis(addresses.getProperty("LIVEHALL_REDIS_URI"), Command.SET, word, "here");
    return word;
  }

  private static void assertThatStoresHold(Path home, String word) throws Exception {
    try (EmbeddedStores stores = stage.start(home, Wanted.BOTH)) {
      String found =
          stage.sql(stores.postgresUri(), "SELECT word FROM kept WHERE word = '" + word + "'");
      assertThat(found).isEqualTo(word);
      assertThat(stage.redis(stores.redisUri(), Command.GET, word)).isEqualTo("here");
    }
  }

  private static Process running(Path home, Class<?> main, Object... arguments) throws IOException {
    Path output = directory.resolve(home.getFileName() + ".out");
    Process process = stage.java(main, output, arguments);
    await()
        .atMost(Duration.ofSeconds(60))
        .failFast(() -> assertThat(process.isAlive()).as(Files.readString(output)).isTrue())
        .until(() -> Files.readString(output).contains("READY"));
    return process;
  }
}
