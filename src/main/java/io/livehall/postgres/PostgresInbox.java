package io.livehall.postgres;

import io.livehall.service.port.CallbackInbox;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table {@code callback}. Its times are those of the servers' clocks. */
public final class PostgresInbox implements CallbackInbox {
  private final Postgres postgres;
  private final Clock clock;

  public PostgresInbox(Postgres postgres, Clock clock) {
    this.postgres = postgres;
    this.clock = clock;
  }

  /** One statement, so all or none; ids count up in the order of the arrays. */
  @Override
  public Future<List<Long>> store(List<Letter> letters) {
    Tuple arrays = Tuple.tuple();
    RoomRows.time(arrays, letters, Letter::receivedAt);
    RoomRows.number(arrays, letters, letter -> (long) letter.eventType());
    RoomRows.text(arrays, letters, Letter::stream);
    RoomRows.text(arrays, letters, Letter::body);
    return postgres
        .with(
            pool ->
                pool.preparedQuery(
                        """
                        insert into callback (received_at, event_type, stream, body, state)
                        select received_at, event_type, stream, body, 'new'
                        from unnest($1::timestamptz[], $2::bigint[], $3::text[], $4::text[])
                          with ordinality as letter (received_at, event_type, stream, body, nth)
                        order by nth
                        returning id""")
                    .execute(arrays))
        .map(rows -> ids(rows).stream().sorted().toList());
  }

  /** Letters that another node is just taking are passed over, not waited for. */
  @Override
  public Future<List<Waiting>> claim(int limit, Duration hold) {
    Instant now = clock.instant();
    return postgres
        .with(
            pool ->
                pool.preparedQuery(
                        """
                        with waiting as (
                          select id from callback
                          where state = 'new'
                            and (claimed_until < $1 or (claimed_until is null and received_at < $2))
                          order by received_at limit $3 for update skip locked)
                        update callback set claimed_until = $4
                        from waiting where callback.id = waiting.id
                        returning callback.id, callback.body""")
                    .execute(
                        Tuple.of(
                            RoomRows.utc(now),
                            RoomRows.utc(now.minus(hold)),
                            limit,
                            RoomRows.utc(now.plus(hold)))))
        .map(PostgresInbox::waiting);
  }

  /**
   * Locks in the order of the ids, so that two nodes that settle the same letters do not lock each
   * other out.
   */
  @Override
  public Future<Void> settle(Map<Long, State> states) {
    var settled = List.copyOf(states.entrySet());
    Tuple arrays = Tuple.tuple();
    RoomRows.number(arrays, settled, Map.Entry::getKey);
    RoomRows.text(arrays, settled, entry -> entry.getValue().name().toLowerCase(Locale.ROOT));
    arrays.addOffsetDateTime(RoomRows.utc(clock.instant()));
    return postgres
        .with(
            pool ->
                pool.preparedQuery(
                        """
                        with locked as (
                          select callback.id, settled.state
                          from callback join unnest($1::bigint[], $2::text[]) as settled (id, state)
                            on settled.id = callback.id
                          where callback.state = 'new'
                          order by callback.id for update of callback)
                        update callback set state = locked.state, claimed_until = null, settled_at = $3
                        from locked where callback.id = locked.id""")
                    .execute(arrays))
        .mapEmpty();
  }

  @Override
  public Future<Integer> forget(Instant before) {
    return postgres
        .with(
            pool ->
                pool.preparedQuery(
                        """
                        delete from callback where id = any(array(
                          select id from callback where received_at < $1 order by received_at limit 5000))""")
                    .execute(Tuple.of(RoomRows.utc(before))))
        .map(RowSet::rowCount);
  }

  private static List<Long> ids(RowSet<Row> rows) {
    List<Long> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getLong("id")));
    return ids;
  }

  private static List<Waiting> waiting(RowSet<Row> rows) {
    List<Waiting> letters = new ArrayList<>(rows.size());
    rows.forEach(row -> letters.add(new Waiting(row.getLong("id"), row.getString("body"))));
    letters.sort(Comparator.comparingLong(Waiting::id));
    return letters;
  }
}
