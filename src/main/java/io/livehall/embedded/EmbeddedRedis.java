package io.livehall.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Redis: TCP on loopback only, with a password. What it answers is in its append-only file before:
 * it leaves to the kernel when that reaches the disk, since otherwise it would put off writing for
 * up to two seconds while the disk is busy. So a killed Redis loses nothing; and what a power cut
 * takes is kept in PostgreSQL, ten seconds old at most.
 */
final class EmbeddedRedis implements Store {
  private final Home home;
  private final Binaries binaries;
  private final Privileges privileges;
  private final Path data;
  private final Path log;
  private volatile int port;
  private volatile boolean settled;

  EmbeddedRedis(Home home, Binaries binaries, Privileges privileges) throws IOException {
    this.home = home;
    this.binaries = binaries;
    this.privileges = privileges;
    this.data = home.resolve("redis");
    this.log = home.freshLog("redis");
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public Signal stopSignal() {
    return Signal.TERM;
  }

  @Override
  public Duration readyWithin() {
    return Duration.ofSeconds(60);
  }

  @Override
  public Duration stopWithin() {
    return Duration.ofSeconds(10);
  }

  /** The password stands in a file, since everybody may read the command lines of a machine. */
  @Override
  public List<String> prepare() throws IOException {
    Path program = binaries.redis().resolve("redis-server");
    Path settings = data.resolve("redis.conf");
    new Leftovers("redis-server", settings).end(stopSignal(), stopWithin());
    privileges.own(data);
    if (!settled) port = Ports.free();
    Home.writeSecret(settings, settings());
    privileges.give(settings);
    return List.of(program.toString(), settings.toString());
  }

  /**
   * The title stays as it was started, so that a leftover process is known by its command line. A
   * flood of likes fills its log fast, and to write it anew takes a core for a second: not so
   * often.
   */
  private String settings() {
    return """
    bind 127.0.0.1
    port %d
    dir "%s"
    requirepass %s
    appendonly yes
    appendfsync no
    auto-aof-rewrite-min-size 256mb
    save ""
    set-proc-title no
    """
        .formatted(
            port, data.toString().replace("\\", "\\\\").replace("\"", "\\\""), home.password());
  }

  /**
   * Asked with the password: a stranger on the port, or a server that still loads its data, is not
   * ready.
   */
  @Override
  public boolean isReady(Child child) {
    String password = home.password();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.loopback(), port), 500);
      socket.setSoTimeout(500);
      String ask = "AUTH " + password + "\r\nPING\r\n";
      socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return "+OK".equals(answers.readLine()) && "+PONG".equals(answers.readLine());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void settle() {
    settled = true;
  }

  @Override
  public String uri() {
    return "redis://:" + home.password() + "@127.0.0.1:" + port;
  }
}
