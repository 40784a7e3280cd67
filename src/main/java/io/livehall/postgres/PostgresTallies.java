package io.livehall.postgres;

import static java.util.stream.Collectors.toMap;

import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.domain.Tally;
import io.livehall.service.port.TallyStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The counters of rooms in PostgreSQL: absolute totals, which are only ever raised. */
public final class PostgresTallies implements TallyStore {
  private final Postgres postgres;

  public PostgresTallies(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Map<RoomId, Kept>> find(Collection<RoomId> rooms) {
    return postgres.with(
        pool ->
            pool.preparedQuery(
                    """
                    select id, state, viewers, likes, peak_viewers, visits from room
                    where id = any($1::text[])""")
                .execute(Tuple.of(RoomRows.array(rooms, RoomId::value)))
                .map(
                    rows ->
                        RoomRows.stream(rows)
                            .collect(
                                toMap(
                                    row -> new RoomId(row.getString("id")),
                                    PostgresTallies::kept))));
  }

  /** In the order of the ids, as the keeper locks them. What is right already is not written. */
  @Override
  public Future<Void> save(Map<RoomId, Tally> tallies) {
    return postgres.with(
        pool ->
            pool.preparedQuery(
                    """
                    with wanted as materialized (
                      select room.id, t.viewers, t.likes, t.peak_viewers, t.visits
                      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
                        as t (id, viewers, likes, peak_viewers, visits)
                      join room on room.id = t.id
                      where room.state <> 'closed' and (room.viewers <> t.viewers or room.likes < t.likes
                        or room.peak_viewers < t.peak_viewers or room.visits < t.visits)
                      order by room.id for update of room)
                    update room set
                      viewers = wanted.viewers,
                      likes = greatest(room.likes, wanted.likes),
                      peak_viewers = greatest(room.peak_viewers, wanted.peak_viewers),
                      visits = greatest(room.visits, wanted.visits)
                    from wanted where room.id = wanted.id""")
                .execute(arrays(tallies))
                .mapEmpty());
  }

  @Override
  public Future<List<RoomId>> unsettled(int limit) {
    return postgres.with(
        pool ->
            pool.preparedQuery("select id from room where is_unsettled order by id limit $1")
                .execute(Tuple.of(limit))
                .map(
                    rows ->
                        RoomRows.stream(rows)
                            .map(row -> new RoomId(row.getString("id")))
                            .toList()));
  }

  @Override
  public Future<Void> settle(Map<RoomId, Tally> tallies, Collection<RoomId> rooms) {
    Map<RoomId, Tally> last = new HashMap<>(tallies);
    rooms.forEach(room -> last.putIfAbsent(room, Tally.ZERO));
    return postgres.with(
        pool ->
            pool.preparedQuery(
                    """
                    with wanted as materialized (
                      select room.id, t.likes, t.peak_viewers, t.visits
                      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
                        as t (id, viewers, likes, peak_viewers, visits)
                      join room on room.id = t.id
                      where room.is_unsettled
                      order by room.id for update of room)
                    update room set
                      is_unsettled = false,
                      likes = greatest(room.likes, wanted.likes),
                      peak_viewers = greatest(room.peak_viewers, wanted.peak_viewers),
                      visits = greatest(room.visits, wanted.visits)
                    from wanted where room.id = wanted.id""")
                .execute(arrays(last))
                .mapEmpty());
  }

  private static Tuple arrays(Map<RoomId, Tally> tallies) {
    Tuple arrays = Tuple.tuple();
    Collection<Map.Entry<RoomId, Tally>> entries = tallies.entrySet();
    RoomRows.text(arrays, entries, entry -> entry.getKey().value());
    RoomRows.number(arrays, entries, entry -> entry.getValue().viewers());
    RoomRows.number(arrays, entries, entry -> entry.getValue().likes());
    RoomRows.number(arrays, entries, entry -> entry.getValue().peakViewers());
    RoomRows.number(arrays, entries, entry -> entry.getValue().visits());
    return arrays;
  }

  private static Kept kept(Row row) {
    return new Kept(
        RoomState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        new Tally(
            row.getLong("viewers"),
            row.getLong("likes"),
            row.getLong("peak_viewers"),
            row.getLong("visits")));
  }
}
