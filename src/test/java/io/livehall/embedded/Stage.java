package io.livehall.embedded;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Directories, clients and child processes for the tests of the embedded stores. */
final class Stage implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final List<Process> started = new ArrayList<>();
  private final Path directory;

  Stage(Path directory) throws IOException {
    this.directory =
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path home(String name) {
    return directory.resolve(name);
  }

  /** Shared by all homes of a test class, since unpacking takes longer than all the rest. */
  Path programs() {
    return directory.resolve("programs");
  }

  EmbeddedStores start(Path home, Wanted wanted) throws IOException {
    return EmbeddedStores.start(home, programs(), wanted);
  }

  String sql(String uri, String statement) throws Exception {
    PgConnection connection = await(PgConnection.connect(vertx, PgConnectOptions.fromUri(uri)));
    try {
      var rows = await(connection.query(statement).execute());
      return rows.size() == 0 ? "" : String.valueOf(rows.iterator().next().getValue(0));
    } finally {
      await(connection.close());
    }
  }

  String redis(String uri, Command command, String... words) throws Exception {
    Redis client = Redis.createClient(vertx, uri);
    try {
      Request request = Request.cmd(command);
      for (String word : words) request.arg(word);
      return String.valueOf(await(client.send(request)));
    } finally {
      await(client.close());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Another JVM with a main class of ours. Its output goes to a file. */
  Process java(Class<?> main, Path output, Object... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Stream.of(arguments).map(Object::toString).forEach(words::add);
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    started.add(process);
    return process;
  }

  /** The addresses that a process of ours wrote into its home. */
  static Properties addresses(Path home) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(home.resolve("stores.env"))) {
      properties.load(in);
    }
    return properties;
  }

  /** The command lines of all living processes which name this directory. */
  static List<String> processesNaming(Path directory) throws IOException {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(Stage::commandLine)
          .filter(line -> line.contains(directory.toString()))
          .toList();
    }
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() throws Exception {
    started.forEach(Process::destroyForcibly);
    await(vertx.close());
  }
}
