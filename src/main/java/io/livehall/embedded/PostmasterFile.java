package io.livehall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What PostgreSQL writes about itself into its data directory. Line 1 is the process, line 7 the
 * key and the id of its shared memory, line 8 the status.
 */
final class PostmasterFile {
  private static final Path SHARED_MEMORY = Path.of("/proc/sysvipc/shm");
  private static final int SEGMENT_ID_COLUMN = 1;
  private static final int ATTACHED_COLUMN = 6;

  private final Path file;

  PostmasterFile(Path data) {
    this.file = data.resolve("postmaster.pid");
  }

  /** Readiness without a database client: the server says so itself once it takes connections. */
  boolean isReady(Child child) throws IOException {
    List<String> lines = lines();
    return lines.size() >= 8
        && lines.get(7).trim().equals("ready")
        && child.owns(Long.parseLong(lines.get(0).trim()));
  }

  /**
   * Removes the file of a server that died without doing so. PostgreSQL would refuse to start while
   * a process of that number exists, even a dead one that nobody has reaped, or a stranger in a new
   * container. The file may go once no process is attached to the shared memory that it names;
   * otherwise it stays, and PostgreSQL refuses for a good reason.
   */
  void forgetIfDead() throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (Files.exists(file)) {
      if (!isAttached()) {
        Files.deleteIfExists(file);
        return;
      }
      if (System.nanoTime() > end) return;
      Pause.of(Duration.ofMillis(10));
    }
  }

  private boolean isAttached() throws IOException {
    List<String> lines = lines();
    if (lines.size() < 7) return false;
    String[] segment = lines.get(6).trim().split("\\s+", -1);
    if (segment.length < 2) return false;
    if (!Files.isReadable(SHARED_MEMORY)) return true;
    for (String line : Files.readAllLines(SHARED_MEMORY)) {
      String[] columns = line.trim().split("\\s+", -1);
      if (columns[SEGMENT_ID_COLUMN].equals(segment[1]))
        return !columns[ATTACHED_COLUMN].equals("0");
    }
    return false;
  }

  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
