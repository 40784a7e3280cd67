package io.livehall.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes of an earlier life which still use a store's files: after the death of our process its
 * children take a moment to end. Whoever looks here holds the lock of the home, so what is found
 * belongs to nobody.
 *
 * @param program the name of the program
 * @param argument the word of its command line which names its files
 */
record Leftovers(String program, Path argument) {

  /** Ends them and waits; one that does not end in an orderly way is forced. */
  void end(Signal signal, Duration grace) throws IOException {
    List<ProcessHandle> found = find();
    for (ProcessHandle process : found) Child.send(process, signal);
    for (ProcessHandle process : found) {
      if (!endsWithin(process, grace)) {
        process.destroyForcibly();
        endsWithin(process, Duration.ofSeconds(5));
      }
    }
  }

  /** A process that is dead but not yet reaped has no command line, so it is not found. */
  private List<ProcessHandle> find() {
    long self = ProcessHandle.current().pid();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> process.pid() != self && uses(process)).toList();
    }
  }

  private boolean uses(ProcessHandle process) {
    List<String> words = commandLine(process);
    return words.contains(argument.toString())
        && words.stream().anyMatch(word -> word.endsWith("/" + program));
  }

  private static List<String> commandLine(ProcessHandle process) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
      return Arrays.asList(new String(line, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }

  private boolean endsWithin(ProcessHandle process, Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (uses(process)) {
      if (System.nanoTime() > end) return false;
      Pause.of(Duration.ofMillis(10));
    }
    return true;
  }
}
