package io.livehall.postgres;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.service.CollisionException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The database: a pool whose every use ends within the query time-out, and whose troubles come out
 * as UNAVAILABLE, TIMEOUT or a collision. Anything else that fails is a bug and stays as it is.
 */
public final class Postgres {
  /** unique_violation, serialization_failure, deadlock_detected */
  private static final Set<String> COLLISIONS = Set.of("23505", "40001", "40P01");

  private final Pool pool;
  private final Duration queryTimeout;

  /** How the database is reached, and how long anything may take. */
  public record Options(String uri, int poolSize, Duration connectTimeout, Duration queryTimeout) {
    @Override
    public String toString() {
      return "Options[poolSize=" + poolSize + "]"; // the uri holds a password
    }
  }

  public Postgres(Vertx vertx, Options options) {
    this.queryTimeout = options.queryTimeout();
    long patience = options.queryTimeout().toMillis();
    PgConnectOptions connect =
        PgConnectOptions.fromUri(options.uri())
            .setCachePreparedStatements(true)
            .setPipeliningLimit(64);
    // A node that hangs must not hold its locks for long.
    connect.setProperties(
        Map.of(
            "application_name",
            "livehall",
            "client_min_messages",
            "warning",
            // Each of our statements has its index; a young table without statistics must not teach
            // otherwise.
            "enable_seqscan",
            "off",
            "statement_timeout",
            Long.toString(patience),
            "lock_timeout",
            Long.toString(patience),
            "idle_in_transaction_session_timeout",
            Long.toString(patience)));
    this.pool =
        PgBuilder.pool()
            .with(
                new PoolOptions()
                    .setMaxSize(options.poolSize())
                    .setMaxWaitQueueSize(1_000)
                    .setConnectionTimeout((int) options.connectTimeout().toMillis())
                    .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
            .with(
                new NetClientOptions()
                    .setConnectTimeout((int) options.connectTimeout().toMillis())
                    .setTcpKeepAlive(true))
            .connectingTo(connect)
            .using(vertx)
            .build();
  }

  /** Runs statements that need no transaction. */
  public <T> Future<T> with(Function<Pool, Future<T>> work) {
    return bounded(() -> work.apply(pool));
  }

  /**
   * Runs {@code work} on one connection; if it fails, what it began is rolled back, and if its time
   * runs out, no more of it is sent. To wait for the connection is part of its time.
   */
  public <T> Future<T> onOneConnection(Function<Session, Future<T>> work) {
    return onOneConnection(queryTimeout, work);
  }

  /** Runs {@code work} in a transaction; a failure rolls it back. */
  public <T> Future<T> inTransaction(Function<Session, Future<T>> work) {
    return inLongTransaction(queryTimeout, work);
  }

  /** The same for work of many statements, each of which is still bounded by itself. */
  public <T> Future<T> inLongTransaction(Duration within, Function<Session, Future<T>> work) {
    return onOneConnection(
        within,
        session ->
            session
                .query("begin")
                .execute()
                .compose(begun -> work.apply(session))
                .compose(done -> session.query("commit").execute().map(done)));
  }

  private <T> Future<T> onOneConnection(Duration within, Function<Session, Future<T>> work) {
    long end = System.nanoTime() + within.toNanos();
    return translated(
        () -> pool.getConnection().compose(connection -> lend(connection, work, end)));
  }

  public Future<Void> close() {
    return pool.close();
  }

  private interface Work<T> {
    Future<T> start();
  }

  private static <T> Future<T> lend(
      SqlConnection connection, Function<Session, Future<T>> work, long end) {
    var session = new Session(connection);
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    return Future.succeededFuture(session)
        .compose(work)
        .timeout(Math.max(1, left), TimeUnit.MILLISECONDS)
        .onComplete(done -> session.end(done.succeeded()));
  }

  private <T> Future<T> bounded(Work<T> work) {
    return translated(() -> work.start().timeout(queryTimeout.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static <T> Future<T> translated(Work<T> work) {
    try {
      return work.start().recover(trouble -> Future.failedFuture(translate(trouble)));
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  private static Throwable translate(Throwable trouble) {
    if (trouble instanceof LiveException || trouble instanceof CollisionException) {
      return trouble;
    }
    if (trouble instanceof TimeoutException) {
      return new LiveException(ErrorCode.TIMEOUT, "The database did not answer in time.", trouble);
    }
    if (!(trouble instanceof PgException error)) {
      boolean isABug = trouble instanceof RuntimeException && !(trouble instanceof VertxException);
      return isABug
          ? trouble
          : new LiveException(ErrorCode.UNAVAILABLE, "The database is away.", trouble);
    }
    String state = String.valueOf(error.getSqlState());
    if (COLLISIONS.contains(state)) {
      return new CollisionException(error);
    }
    boolean isTrouble =
        state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("55")
            || state.startsWith("57")
            || state.startsWith("58")
            || state.startsWith("25P0");
    return isTrouble
        ? new LiveException(ErrorCode.UNAVAILABLE, "The database is away.", trouble)
        : trouble;
  }
}
