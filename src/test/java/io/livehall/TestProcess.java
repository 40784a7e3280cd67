package io.livehall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A server as a process of its own, which can be killed. What it writes goes to a file. */
final class TestProcess implements AutoCloseable {
  private final Process process;
  private final TestPorts ports;
  private final Path output;

  private TestProcess(Process process, TestPorts ports, Path output) {
    this.process = process;
    this.ports = ports;
    this.output = output;
  }

  /** Returns once it says that it is ready. */
  static TestProcess start(Path output, TestPorts ports, Map<String, String> environment) {
    TestProcess started = begin(output, ports, environment);
    started.awaitReady();
    return started;
  }

  static TestProcess begin(Path output, TestPorts ports, Map<String, String> environment) {
    return new TestProcess(launch(output, environment, List.of()), ports, output);
  }

  /** The command with arguments, to its end: its exit code, and what it wrote in {@code output}. */
  static int run(Path output, Map<String, String> environment, String... arguments) {
    Process process = launch(output, environment, List.of(arguments));
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("it has no end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  App app() {
    return new App(ports.api());
  }

  App ops() {
    return new App(ports.ops());
  }

  int pushPort() {
    return ports.push();
  }

  void awaitReady() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("it ended: " + written());
              }
              return written().contains("READY ");
            });
  }

  String written() {
    return text(output);
  }

  /** As {@code kill -9} does it. */
  void kill() {
    signal(process.toHandle(), "KILL");
    awaitEnd();
  }

  /** Asks it to end, and does not wait. */
  void terminate() {
    signal(process.toHandle(), "TERM");
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit code. */
  int awaitEnd() {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end: " + written());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void signal(ProcessHandle process, String name) {
    try {
      String pid = Long.toString(process.pid());
      new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The command lines of all living processes which name this directory. */
  static List<String> processesNaming(Path directory) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(process -> Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .map(TestProcess::textOrNothing)
          .filter(line -> line.contains(directory.toString()))
          .toList();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
  }

  private static Process launch(
      Path output, Map<String, String> environment, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Short lives: what compiles fast is faster.
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.livehall.Main"));
    words.addAll(arguments);
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LIVEHALL_"));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String textOrNothing(Path file) {
    try {
      return Files.readString(file).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }
}
