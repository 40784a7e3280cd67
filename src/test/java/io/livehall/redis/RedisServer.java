package io.livehall.redis;

import static io.livehall.TestStores.await;

import io.livehall.TestStores;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Redis as a process of its own, which can be stopped and killed, and comes back on its port. */
public final class RedisServer implements AutoCloseable {
  private static final String PASSWORD = "p.w-1";
  private static final int FIRST_PORT = 20_000;
  private static final int END_OF_PORTS = 32_000;

  private final int port;
  private final Path home;
  private final List<String> words;
  private Process process;

  private RedisServer(int port, String... settings) {
    this.port = port;
    try {
      home = Files.createTempDirectory(Path.of("target"), "redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    words = new ArrayList<>();
    words.add(TestStores.redisProgram().toString());
    words.addAll(List.of(settings));
    words.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    words.addAll(List.of("--dir", home.toAbsolutePath().toString(), "--save", ""));
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    startAgain();
  }

  /** With the password of {@link #uri}, and what else it is told. */
  public static RedisServer start(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("--requirepass", PASSWORD, "--masterauth", PASSWORD));
    return new RedisServer(freePort(), all.toArray(String[]::new));
  }

  /** A sentinel of this one, by the name of {@code live}. */
  RedisServer sentinel() {
    try {
      Path settings = Files.createTempFile(home, "sentinel", ".conf");
      Files.writeString(
          settings,
          """
          sentinel monitor live 127.0.0.1 %d 1
          sentinel auth-pass live %s
          sentinel down-after-milliseconds live 500
          sentinel failover-timeout live 2000
          """
              .formatted(port, PASSWORD));
      return new RedisServer(freePort(), settings.toAbsolutePath().toString(), "--sentinel");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** Where the parts of a cluster speak to each other. */
  int busPort() {
    return Integer.parseInt(words.get(words.indexOf("--cluster-port") + 1));
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  public String uri() {
    return "redis://:" + PASSWORD + "@" + address();
  }

  /** With the data that it left. */
  public void startAgain() {
    try {
      process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(home.toFile(), "log")))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> ask("PING").toString().equals("PONG"));
  }

  /** As {@code kill -9} does it. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** It stands still: connections are taken, and nothing is answered. */
  public void pause() {
    signal("STOP");
  }

  public void goOn() {
    signal("CONT");
  }

  public Response ask(String command, Object... words) {
    return ask(uri(), command, words);
  }

  /** What any Redis answers, on a connection for this once. */
  public static Response ask(String uri, String command, Object[] words) {
    Redis client = Redis.createClient(TestStores.vertx(), uri);
    try {
      Request request = Request.cmd(Command.create(command));
      Stream.of(words).forEach(word -> request.arg(word.toString()));
      return await(client.send(request));
    } finally {
      await(client.close());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
    try (Stream<Path> files = Files.exists(home) ? Files.walk(home) : Stream.empty()) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitEnd() {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Below those that the kernel gives to outgoing connections, which would try a dead one's. */
  static int freePort() {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
      try (var probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return probe.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
    throw new IllegalStateException("no free port");
  }
}
