package io.livehall.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stores that this process runs itself, with their data in one directory.
 *
 * <pre>{@code
 * data.dir/
 *   stores.lock   who uses this directory
 *   password      of both stores, 0600
 *   bin/          their programs, by content
 *   postgres/     redis/        their data
 *   postgres.log  redis.log     of this start
 * }</pre>
 */
public final class EmbeddedStores implements AutoCloseable {
  private final Home home;
  private final @Nullable StoreProcess postgres;
  private final @Nullable StoreProcess redis;

  private EmbeddedStores(Home home, @Nullable StoreProcess postgres, @Nullable StoreProcess redis) {
    this.home = home;
    this.postgres = postgres;
    this.redis = redis;
  }

  /**
   * Starts what is wanted, with its data and programs in this directory, and returns when it can be
   * used.
   */
  public static EmbeddedStores start(Path home, Wanted wanted) throws IOException {
    return start(home, home.resolve("bin"), wanted);
  }

  /** The same with a directory for the programs, which several homes may share. */
  public static EmbeddedStores start(Path home, Path programs, Wanted wanted) throws IOException {
    Home locked = Home.open(home);
    Binaries binaries = new Binaries(programs.toAbsolutePath().normalize());
    try {
      Privileges privileges = Privileges.detect(locked.directory(), binaries.directory());
      return start(locked, binaries, privileges, wanted);
    } catch (IOException | RuntimeException e) {
      locked.close();
      throw e;
    }
  }

  static EmbeddedStores start(Home home, Binaries binaries, Privileges privileges, Wanted wanted)
      throws IOException {
    EmbeddedStores stores =
        new EmbeddedStores(
            home,
            wanted.postgres()
                ? new StoreProcess(new EmbeddedPostgres(home, binaries, privileges), privileges)
                : null,
            wanted.redis()
                ? new StoreProcess(new EmbeddedRedis(home, binaries, privileges), privileges)
                : null);
    try {
      stores.begin();
      return stores;
    } catch (IOException | RuntimeException e) {
      stores.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    running().forEach(StoreProcess::begin);
    for (StoreProcess process : running().toList()) process.awaitReady();
  }

  public StoreProcess postgres() {
    return Objects.requireNonNull(postgres, "PostgreSQL was not wanted here");
  }

  public StoreProcess redis() {
    return Objects.requireNonNull(redis, "Redis was not wanted here");
  }

  public String postgresUri() {
    return postgres().uri();
  }

  public String redisUri() {
    return redis().uri();
  }

  /** Stops the stores in an orderly way and frees the directory. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (StoreProcess process : running().toList()) {
      try {
        process.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    home.close();
    if (failure != null) throw failure;
  }

  private Stream<StoreProcess> running() {
    return Stream.of(postgres, redis).flatMap(Stream::ofNullable);
  }
}
