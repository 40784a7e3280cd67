package io.livehall.postgres;

import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.livehall.service.port.WatchList;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table {@code room_watch}. Its times are those of the servers' clocks: the keeper writes them
 * too.
 */
public final class PostgresWatchList implements WatchList {
  private final Postgres postgres;
  private final Clock clock;

  public PostgresWatchList(Postgres postgres, Clock clock) {
    this.postgres = postgres;
    this.clock = clock;
  }

  /** Rooms that another node is just taking are passed over, not waited for. */
  @Override
  public Future<List<Claim>> claim(int limit, Duration hold) {
    Instant now = clock.instant();
    return postgres
        .with(
            pool ->
                pool.preparedQuery(
                        """
                        with due as (
                          select room_id from room_watch where due_at <= $1
                          order by due_at limit $2 for update skip locked)
                        update room_watch set due_at = $3, asked = room_watch.asked + 1
                        from due join room on room.id = due.room_id
                        where room_watch.room_id = due.room_id
                        returning room.id, room.stream, room.state, room_watch.asked, room_watch.due_at""")
                    .execute(Tuple.of(RoomRows.utc(now), limit, RoomRows.utc(now.plus(hold)))))
        .map(
            rows -> {
              List<Claim> claims = new ArrayList<>(rows.size());
              rows.forEach(row -> claims.add(claim(row)));
              return claims;
            });
  }

  /**
   * Where a room is due at another time than the claim said, the keeper or a later claim has set
   * it, and who holds its lock is about to: both know better.
   */
  @Override
  public Future<Void> settle(Map<Claim, Instant> dueAt) {
    var settled = List.copyOf(dueAt.entrySet());
    Tuple arrays = Tuple.tuple();
    RoomRows.text(arrays, settled, entry -> entry.getKey().room().value());
    RoomRows.time(arrays, settled, entry -> entry.getKey().heldUntil());
    RoomRows.time(arrays, settled, Map.Entry::getValue);
    return postgres
        .with(
            pool ->
                pool.preparedQuery(
                        """
                        with held as (
                          select room_watch.room_id, settled.due_at
                          from room_watch
                          join unnest($1::text[], $2::timestamptz[], $3::timestamptz[])
                              as settled (room_id, held_until, due_at)
                            on settled.room_id = room_watch.room_id and settled.held_until = room_watch.due_at
                          for update of room_watch skip locked)
                        update room_watch set due_at = held.due_at
                        from held where room_watch.room_id = held.room_id""")
                    .execute(arrays))
        .mapEmpty();
  }

  private static Claim claim(Row row) {
    return new Claim(
        new RoomId(row.getString("id")),
        new StreamName(row.getString("stream")),
        RoomState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getLong("asked"),
        row.getOffsetDateTime("due_at").toInstant());
  }
}
