package io.livehall.postgres;

import static java.util.stream.Collectors.toMap;

import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import io.livehall.service.port.RoomStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rooms in PostgreSQL. A transaction is two round trips: what is wanted is locked and read behind
 * {@code begin}, and what was decided goes out with {@code commit} behind it.
 */
public final class PostgresRooms implements RoomStore {
  private final Postgres postgres;

  public PostgresRooms(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Committed> transact(Wanted wanted, Function<Found, Future<Writes>> decide) {
    return postgres.onOneConnection(
        connection -> {
          Future<?> begun = connection.query("begin").execute();
          return read(connection, wanted)
              .compose(found -> begun.map(found))
              .compose(decide)
              .compose(writes -> new RoomWrites(connection).commit(writes));
        });
  }

  @Override
  public Future<Optional<Room>> find(RoomId id) {
    String sql = "select " + RoomRows.FACTS + ", " + RoomRows.EVIDENCE + " from room where id = $1";
    return postgres.with(
        pool ->
            pool.preparedQuery(sql)
                .execute(Tuple.of(id.value()))
                .map(rows -> RoomRows.stream(rows).findFirst().map(RoomRows::withEvidence)));
  }

  private Future<Found> read(Session connection, Wanted wanted) {
    Future<List<Room>> rooms = lockRooms(connection, wanted);
    boolean isOpening = !wanted.hosts().isEmpty();
    Future<Map<UserId, Ban>> bans =
        isOpening ? bans(connection, wanted.hosts()) : Future.succeededFuture(Map.of());
    Future<Map<OpeningKey, Opening>> openings =
        wanted.openings().isEmpty()
            ? Future.succeededFuture(Map.of())
            : openings(connection, wanted.openings());
    return Future.all(rooms, bans, openings)
        .map(all -> new Found(rooms.result(), bans.result(), openings.result()));
  }

  /** Locks in the order of the ids, so that two nodes never wait for each other. */
  private static final String LOCK_ROOMS =
      "select "
          + RoomRows.FACTS
          + ", "
          + RoomRows.EVIDENCE
          + """
           from room where id = any(array(
            select unnest($1::text[])
            union select id from room where host_id = any($2::text[]) and state <> 'closed'
            union select id from room where stream = any($3::text[]) and state <> 'closed'))
          order by id for update""";

  private Future<List<Room>> lockRooms(Session connection, Wanted wanted) {
    return connection
        .preparedQuery(LOCK_ROOMS)
        .execute(
            Tuple.of(
                RoomRows.array(wanted.ids(), RoomId::value),
                RoomRows.array(wanted.hosts(), UserId::value),
                RoomRows.array(wanted.streams(), Object::toString)))
        .map(rows -> RoomRows.stream(rows).map(RoomRows::withEvidence).toList());
  }

  private Future<Map<UserId, Ban>> bans(Session connection, Collection<UserId> hosts) {
    return connection
        .preparedQuery(
            "select host_id, reason, until from host_ban where host_id = any($1::text[])")
        .execute(Tuple.of(RoomRows.array(hosts, UserId::value)))
        .map(
            rows ->
                RoomRows.stream(rows)
                    .collect(
                        toMap(row -> new UserId(row.getString("host_id")), PostgresRooms::ban)));
  }

  private static Ban ban(Row row) {
    var until = row.getOffsetDateTime("until");
    return new Ban(row.getString("reason"), until == null ? null : until.toInstant());
  }

  private Future<Map<OpeningKey, Opening>> openings(
      Session connection, Collection<OpeningKey> keys) {
    String sql =
        """
        select o.* from opening o
        join unnest($1::text[], $2::text[]) as wanted (host_id, key) using (host_id, key)
        where o.created_at > now() - interval '24 hours'""";
    return connection
        .preparedQuery(sql)
        .execute(
            Tuple.tuple()
                .addArrayOfString(RoomRows.array(keys, key -> key.user().value()))
                .addArrayOfString(RoomRows.array(keys, OpeningKey::key)))
        .map(
            rows ->
                RoomRows.stream(rows)
                    .map(PostgresRooms::opening)
                    .collect(toMap(Opening::key, o -> o)));
  }

  private static Opening opening(Row row) {
    Room room =
        Room.open(
            new RoomId(row.getString("id")),
            new StreamName(row.getString("stream")),
            RoomRows.host(row),
            RoomRows.info(row),
            row.getOffsetDateTime("created_at").toInstant());
    OpeningKey key = new OpeningKey(room.host().id(), row.getString("key"));
    return new Opening(
        key, row.getString("request"), room, row.getOffsetDateTime("push_until").toInstant());
  }
}
