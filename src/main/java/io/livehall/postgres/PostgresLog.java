package io.livehall.postgres;

import io.livehall.domain.Evidence;
import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomNews;
import io.livehall.service.port.RoomLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The log in PostgreSQL. */
public final class PostgresLog implements RoomLog {
  private static final String HEAD = "select epoch, seq from hall_clock";
  private static final int FETCHED_AT_ONCE = 5_000;

  /** All rooms take longer than a question may; each part of them does not. */
  private static final Duration IMAGE_WITHIN = Duration.ofSeconds(60);

  private final Postgres postgres;

  public PostgresLog(Postgres postgres) {
    this.postgres = postgres;
  }

  /** One snapshot: without it a room that goes live between the two reads would be missed. */
  @Override
  public Future<Position> image(Consumer<Supplier<List<Room>>> part) {
    String rooms =
        "declare live no scroll cursor for select "
            + RoomRows.LISTED
            + " from room where state = 'live'";
    return postgres.inLongTransaction(
        IMAGE_WITHIN,
        session ->
            session
                .query(
                    """
                    set transaction isolation level repeatable read, read only;
                    set local enable_seqscan = on""")
                .execute()
                .compose(set -> session.query(HEAD).execute())
                .map(found -> position(found.iterator().next()))
                .compose(
                    at ->
                        session
                            .query(rooms)
                            .execute()
                            .compose(declared -> fetch(session, part))
                            .map(at)));
  }

  /** The next part is asked for before this one is handed over. */
  private static Future<Void> fetch(Session session, Consumer<Supplier<List<Room>>> part) {
    return session
        .preparedQuery("fetch " + FETCHED_AT_ONCE + " from live")
        .execute()
        .compose(
            rows -> {
              boolean isLast = rows.size() < FETCHED_AT_ONCE;
              Future<Void> next = isLast ? Future.succeededFuture() : fetch(session, part);
              part.accept(() -> rooms(rows));
              return next;
            });
  }

  private static List<Room> rooms(RowSet<Row> rows) {
    List<Room> rooms = new ArrayList<>(rows.size());
    rows.forEach(row -> rooms.add(RoomRows.listed(row)));
    return rooms;
  }

  @Override
  public Future<List<RoomNews>> after(long seq, int limit) {
    String sql =
        "select seq, event, at, "
            + RoomRows.FACTS
            + " from room_log where seq > $1 order by seq limit $2";
    return postgres.with(
        pool ->
            pool.preparedQuery(sql)
                .execute(Tuple.of(seq, limit))
                .map(
                    rows -> {
                      List<RoomNews> news = new ArrayList<>(rows.size());
                      rows.forEach(row -> news.add(news(row)));
                      return news;
                    }));
  }

  @Override
  public Future<Position> head() {
    return postgres.with(
        pool -> pool.preparedQuery(HEAD).execute().map(rows -> position(rows.iterator().next())));
  }

  private static Position position(Row row) {
    return new Position(row.getString("epoch"), row.getLong("seq"));
  }

  private static RoomNews news(Row row) {
    return new RoomNews(
        row.getLong("seq"),
        RoomEvent.valueOf(row.getString("event")),
        row.getOffsetDateTime("at").toInstant(),
        RoomRows.room(row, Evidence.NONE));
  }
}
