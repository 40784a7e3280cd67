package io.livehall.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running child process. It dies with this process, by one of two ways: the kernel's death
 * signal, or (guarded) a shell that watches its own input, which closes when this process ends.
 */
final class Child {
  private final Process process;
  private final boolean guarded;

  private Child(Process process, boolean guarded) {
    this.process = process;
    this.guarded = guarded;
  }

  /**
   * To be called by the thread that then waits for the child: the kernel sends the death signal
   * when the <em>thread</em> that made the child ends.
   */
  static Child spawn(List<String> words, Path log, boolean guarded) throws IOException {
    return new Child(Command.logged(words, log).start(), guarded);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether this process id is the child's own, or that of the program behind its guard. */
  boolean owns(long pid) {
    return process.pid() == pid
        || (guarded && process.descendants().anyMatch(below -> below.pid() == pid));
  }

  int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  boolean endedWithin(Duration time) throws IOException {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw Command.interrupted();
    }
  }

  /** Asks the child to end, and forces it when it does not. */
  void end(Signal signal, Duration grace) throws IOException {
    if (guarded) {
      process.getOutputStream().close();
    } else {
      send(process.toHandle(), signal);
    }
    if (!endedWithin(grace)) kill();
  }

  void kill() throws IOException {
    try (Stream<ProcessHandle> below = process.descendants()) {
      if (guarded) below.forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
    if (!endedWithin(Duration.ofSeconds(5))) {
      throw new IOException("process " + pid() + " does not end, not even by force");
    }
  }

  /**
   * The JDK sends TERM and KILL only; the shell's own {@code kill} is everywhere, the program of
   * that name is not.
   */
  static void send(ProcessHandle process, Signal signal) throws IOException {
    String pid = Long.toString(process.pid());
    Command.silent(List.of("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal.name(), pid))
        .run("", Duration.ofSeconds(5));
  }
}
