package io.livehall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL: TCP on loopback only, SCRAM passwords, every commit on disk. */
final class EmbeddedPostgres implements Store {
  private static final String NAME = "livehall";
  private static final Duration CREATE_LIMIT = Duration.ofMinutes(2);
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=100",
          "shared_buffers=128MB",
          "jit=off",
          "fsync=on",
          "timezone=UTC",
          "log_min_messages=warning",
          "log_checkpoints=off");

  private final Home home;
  private final Binaries binaries;
  private final Privileges privileges;
  private final Path data;
  private final Path log;
  private volatile int port;
  private volatile boolean settled;

  EmbeddedPostgres(Home home, Binaries binaries, Privileges privileges) throws IOException {
    this.home = home;
    this.binaries = binaries;
    this.privileges = privileges;
    this.data = home.resolve("postgres");
    this.log = home.freshLog("postgres");
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Path log() {
    return log;
  }

  /** INT is the fast shutdown; TERM would wait until the last client has gone. */
  @Override
  public Signal stopSignal() {
    return Signal.INT;
  }

  /** After a crash it replays its log first. */
  @Override
  public Duration readyWithin() {
    return Duration.ofSeconds(60);
  }

  @Override
  public Duration stopWithin() {
    return Duration.ofSeconds(20);
  }

  @Override
  public List<String> prepare() throws IOException {
    Path programs = binaries.postgres().resolve("bin");
    if (!Files.exists(data)) create(programs);
    new Leftovers("postgres", data).end(stopSignal(), stopWithin());
    privileges.own(data);
    new PostmasterFile(data).forgetIfDead();
    if (!settled) port = Ports.free();

    List<String> command =
        new ArrayList<>(List.of(programs + "/postgres", "-D", data.toString(), "-p", "" + port));
    for (String setting : SETTINGS) command.addAll(List.of("-c", setting));
    return command;
  }

  /**
   * Made beside its place and then moved there, so that an interrupted creation leaves nothing half
   * done.
   */
  private void create(Path programs) throws IOException {
    Path fresh = home.resolve("postgres.new");
    Path password = home.resolve("postgres.password");
    new Leftovers("initdb", fresh).end(Signal.KILL, stopWithin());
    Trees.delete(fresh);
    privileges.own(fresh);
    Home.writeSecret(password, home.password());
    privileges.give(password);
    List<String> initdb =
        new ArrayList<>(List.of(programs + "/initdb", "-D", fresh.toString(), "-U", NAME));
    initdb.addAll(
        List.of("--pwfile=" + password, "--auth=scram-sha-256", "-E", "UTF8", "--locale=C"));
    initdb.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    run(initdb, "");
    List<String> alone = List.of(programs + "/postgres", "--single", "-D", fresh.toString());
    List<String> createDatabase = new ArrayList<>(alone);
    createDatabase.addAll(List.of("-c", "exit_on_error=on", "postgres"));
    run(createDatabase, "CREATE DATABASE " + NAME + "\n");
    Files.delete(password);
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void run(List<String> program, String input) throws IOException {
    int code = Command.logged(privileges.brief(program), log).run(input, CREATE_LIMIT);
    if (code != 0)
      throw new IOException(
          Path.of(program.get(0)).getFileName() + " failed with exit code " + code);
  }

  @Override
  public boolean isReady(Child child) throws IOException {
    return new PostmasterFile(data).isReady(child);
  }

  @Override
  public void settle() {
    settled = true;
  }

  @Override
  public String uri() {
    return "postgresql://" + NAME + ":" + home.password() + "@127.0.0.1:" + port + "/" + NAME;
  }
}
