package io.livehall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivilegesTest {
  @TempDir Path directory;

  /**
   * As root, nobody may not enter this directory: either a namespace helps, or the remedy is named.
   */
  @Test
  void aDirectoryThatNobodyMayEnterServesOrIsExplained() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Path home = Files.createDirectory(directory.resolve("home"));
    boolean isRoot = (Integer) Files.getAttribute(directory, "unix:uid") == 0;
    boolean canHide =
        Command.silent(List.of("unshare", "-U", "true")).run("", Duration.ofSeconds(5)) == 0;

    if (isRoot && !canHide) {
      assertThatThrownBy(() -> EmbeddedStores.start(home, Wanted.BOTH))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(home.toString(), "data.dir");
    } else {
      try (Stage stage = new Stage(Files.createDirectory(directory.resolve("stage")));
          EmbeddedStores stores = EmbeddedStores.start(home, Wanted.BOTH)) {
        assertThat(stage.sql(stores.postgresUri(), "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void aTreeOfAnotherUserIsTakenOver() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path file = Files.writeString(data.resolve("file"), "");
    int self = (Integer) Files.getAttribute(data, "unix:uid");
    int owner = self == 0 ? 65534 : self;

    new Privileges(List.of(), owner, true).own(data);

    assertThat(Files.getAttribute(data, "unix:uid")).isEqualTo(owner);
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(owner);
    assertThat(Files.getPosixFilePermissions(data))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }
}
