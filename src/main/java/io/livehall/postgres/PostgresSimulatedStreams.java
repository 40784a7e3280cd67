package io.livehall.postgres;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.StreamName;
import io.livehall.service.port.SimulatedStreams;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The table {@code simulated_stream}. Who changes a stream holds its row. */
public final class PostgresSimulatedStreams implements SimulatedStreams {
  private final Postgres postgres;

  public PostgresSimulatedStreams(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Optional<SimulatedStream>> find(StreamName stream) {
    return postgres
        .with(
            pool ->
                pool.preparedQuery(
                        """
                        select stream, sequence, is_up, is_forbidden, since
                        from simulated_stream where stream = $1""")
                    .execute(Tuple.of(stream.value())))
        .map(PostgresSimulatedStreams::first);
  }

  @Override
  public Future<Optional<SimulatedStream>> up(StreamName stream, String sequence, Instant now) {
    return change(
        new SimulatedStream(stream, sequence, false, false, now),
        old -> {
          if (old.isForbidden()) {
            throw new LiveException(ErrorCode.FORBIDDEN, "The cloud refuses this stream.");
          }
          return new SimulatedStream(stream, sequence, true, false, now);
        });
  }

  @Override
  public Future<Optional<SimulatedStream>> down(StreamName stream, Instant now) {
    return change(
        new SimulatedStream(stream, "", false, false, now),
        old ->
            old.isUp()
                ? new SimulatedStream(stream, old.sequence(), false, old.isForbidden(), now)
                : old);
  }

  @Override
  public Future<Optional<SimulatedStream>> forbid(
      StreamName stream, boolean forbidden, Instant now) {
    return change(
            new SimulatedStream(stream, "", false, forbidden, now),
            old -> {
              boolean isCut = old.isUp() && forbidden;
              return new SimulatedStream(
                  stream,
                  old.sequence(),
                  old.isUp() && !forbidden,
                  forbidden,
                  isCut ? now : old.since());
            })
        .map(before -> before.filter(push -> forbidden));
  }

  /**
   * Puts {@code next} of what is there in its place; what was there, if it was up. A stream that
   * nobody knows begins as {@code blank}, so that there is a row to hold.
   */
  private Future<Optional<SimulatedStream>> change(
      SimulatedStream blank, UnaryOperator<SimulatedStream> next) {
    return postgres.inTransaction(
        connection ->
            insertUnlessThere(connection, blank)
                .compose(there -> hold(connection, blank.stream()))
                .compose(old -> update(connection, next.apply(old)).map(Optional.of(old)))
                .map(old -> old.filter(SimulatedStream::isUp)));
  }

  private static Future<?> insertUnlessThere(Session connection, SimulatedStream blank) {
    return connection
        .preparedQuery(
            """
            insert into simulated_stream (stream, sequence, is_up, is_forbidden, since)
            values ($1, $2, $3, $4, $5) on conflict (stream) do nothing""")
        .execute(columns(blank));
  }

  private static Future<SimulatedStream> hold(Session connection, StreamName stream) {
    return connection
        .preparedQuery(
            """
            select stream, sequence, is_up, is_forbidden, since
            from simulated_stream where stream = $1 for update""")
        .execute(Tuple.of(stream.value()))
        .map(rows -> first(rows).orElseThrow());
  }

  private static Future<?> update(Session connection, SimulatedStream next) {
    return connection
        .preparedQuery(
            """
            update simulated_stream set sequence = $2, is_up = $3, is_forbidden = $4, since = $5
            where stream = $1""")
        .execute(columns(next));
  }

  private static Tuple columns(SimulatedStream stream) {
    return Tuple.of(
        stream.stream().value(),
        stream.sequence(),
        stream.isUp(),
        stream.isForbidden(),
        RoomRows.utc(stream.since()));
  }

  private static Optional<SimulatedStream> first(RowSet<Row> rows) {
    return rows.size() == 0
        ? Optional.empty()
        : Optional.of(
            new SimulatedStream(
                new StreamName(rows.iterator().next().getString("stream")),
                rows.iterator().next().getString("sequence"),
                rows.iterator().next().getBoolean("is_up"),
                rows.iterator().next().getBoolean("is_forbidden"),
                rows.iterator().next().getOffsetDateTime("since").toInstant()));
  }
}
