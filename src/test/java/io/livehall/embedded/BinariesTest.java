package io.livehall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
  @TempDir Path directory;

  @Test
  void twoAtOnceMakeOneWholeDirectory() throws Exception {
    CompletableFuture<Path> other = CompletableFuture.supplyAsync(this::unpack);
    Path mine = unpack();

    assertThat(other.get()).isEqualTo(mine);
    assertThat(mine.resolve("bin/postgres")).isExecutable();
    try (Stream<Path> entries = Files.list(directory)) {
      assertThat(entries).containsExactly(mine);
    }
  }

  @Test
  void whatADeadProcessLeftHalfDoneIsRemoved() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path abandoned =
        Files.createDirectories(directory.resolve(".unpacking-" + dead.pid() + "-1/bin"));

    Path redis = new Binaries(directory).redis();

    assertThat(abandoned.getParent()).doesNotExist();
    assertThat(redis.resolve("redis-server")).isExecutable();
  }

  private Path unpack() {
    try {
      return new Binaries(directory).postgres();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
