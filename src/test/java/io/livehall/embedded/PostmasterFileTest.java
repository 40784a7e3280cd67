package io.livehall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterFileTest {
  @TempDir Path data;
  Path file;

  @BeforeEach
  void place() {
    file = data.resolve("postmaster.pid");
  }

  /** As in a new container, where the old number belongs to somebody else. */
  @Test
  void aFileWithTheNumberOfALivingStrangerIsForgotten() throws Exception {
    write(ProcessHandle.current().pid(), "  1234567 987654321");

    new PostmasterFile(data).forgetIfDead();

    assertThat(file).doesNotExist();
  }

  @Test
  void aHalfWrittenFileIsForgotten() throws Exception {
    Files.writeString(file, "4711\n");

    new PostmasterFile(data).forgetIfDead();

    assertThat(file).doesNotExist();
  }

  private void write(long pid, String segment) throws Exception {
    List<String> lines =
        List.of("" + pid, "/data", "1795179842", "20247", "", "127.0.0.1", segment, "ready");
    Files.write(file, lines);
  }
}
