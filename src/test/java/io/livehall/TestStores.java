package io.livehall;

import io.livehall.config.LiveConfig;
import io.livehall.embedded.EmbeddedStores;
import io.livehall.embedded.Wanted;
import io.livehall.postgres.Migrations;
import io.livehall.postgres.Postgres;
import io.livehall.redis.RedisCounters;
import io.livehall.redis.RedisTarget;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One real PostgreSQL and one real Redis for all tests of a run; whoever wants to be alone makes a
 * database.
 */
public final class TestStores {
  private static final TestStores SHARED = new TestStores();

  private final Path programs = Path.of("target", "store-programs");
  private final EmbeddedStores stores;
  private final Vertx vertx = Vertx.vertx();
  private final Postgres postgres;

  private TestStores() {
    try {
      Path home = Files.createTempDirectory(Path.of("target"), "stores");
      stores = EmbeddedStores.start(home, programs, Wanted.BOTH);
      Runtime.getRuntime().addShutdownHook(new Thread(this::close));
      postgres = migrated(stores.postgresUri());
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  public static Vertx vertx() {
    return SHARED.vertx;
  }

  /** On a migrated database that all tests share. */
  public static Postgres postgres() {
    return SHARED.postgres;
  }

  public static String redisUri() {
    return SHARED.stores.redisUri();
  }

  /** The program, for who needs a Redis that he can kill. */
  public static Path redisProgram() {
    try (Stream<Path> programs = Files.list(SHARED.programs)) {
      return programs
          .filter(program -> program.getFileName().toString().startsWith("redis-"))
          .map(program -> program.resolve("redis-server").toAbsolutePath())
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counters in the Redis that all tests share, with the limits of the default config. */
  public static RedisCounters counters(Vertx vertx) {
    LiveConfig config = LiveConfig.load(Optional.empty(), Map.of());
    return new RedisCounters(
        vertx, RedisTarget.options(redisUri(), config.redis()), new Settings(config).countTerms());
  }

  /** The address of an empty database of its own. */
  public static String newDatabase() {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    await(SHARED.postgres.with(pool -> pool.query("create database " + name).execute()));
    String uri = SHARED.stores.postgresUri();
    return uri.substring(0, uri.lastIndexOf('/') + 1) + name;
  }

  public static Postgres connect(String uri) {
    return new Postgres(
        vertx(), new Postgres.Options(uri, 4, Duration.ofSeconds(2), Duration.ofSeconds(4)));
  }

  public static Postgres migratedDatabase() {
    Postgres fresh = connect(newDatabase());
    await(new Migrations(fresh).run());
    return fresh;
  }

  public static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private Postgres migrated(String uri) {
    Postgres shared =
        new Postgres(
            vertx, new Postgres.Options(uri, 8, Duration.ofSeconds(2), Duration.ofSeconds(4)));
    await(new Migrations(shared).run());
    return shared;
  }

  private void close() {
    try {
      stores.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
