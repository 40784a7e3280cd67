package io.livehall.postgres;

import io.livehall.service.port.Housekeeping;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what is there, and throws away what nobody needs any more, a bounded number of rows at a
 * time.
 */
public final class PostgresHousekeeping implements Housekeeping {
  private static final int ROWS_AT_ONCE = 20_000;
  private static final Duration OPENINGS_FOR = Duration.ofHours(24);

  private final Postgres postgres;

  public PostgresHousekeeping(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Map<String, Long>> openRooms() {
    return postgres.with(
        pool ->
            pool.preparedQuery(
                    "select state, count(*) as n from room where state <> 'closed' group by state")
                .execute()
                .map(
                    rows -> {
                      Map<String, Long> rooms = new HashMap<>();
                      rows.forEach(row -> rooms.put(row.getString("state"), row.getLong("n")));
                      return rooms;
                    }));
  }

  @Override
  public Future<Void> tidy(Instant now, Duration logFor) {
    return delete("room_log", "at < $1", now.minus(logFor))
        .compose(done -> delete("opening", "created_at < $1", now.minus(OPENINGS_FOR)))
        .compose(done -> delete("refresh_token", "expires_at < $1", now));
  }

  private Future<Void> delete(String table, String which, Instant before) {
    String sql =
        "delete from "
            + table
            + " where ctid = any(array(select ctid from "
            + table
            + " where "
            + which
            + " limit "
            + ROWS_AT_ONCE
            + "))";
    return postgres
        .with(pool -> pool.preparedQuery(sql).execute(Tuple.of(RoomRows.utc(before))))
        .compose(
            deleted ->
                deleted.rowCount() < ROWS_AT_ONCE
                    ? Future.succeededFuture()
                    : delete(table, which, before));
  }
}
