package io.livehall.postgres;

import static java.util.stream.Collectors.toMap;

import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import io.livehall.service.port.RoomStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
  public Future<Committed> transact(Wanted wanted, Function<Found, Writes> decide) {
    return postgres.onOneConnection(
        connection -> {
          Future<?> begun = connection.query("begin").execute();
          return read(connection, wanted)
              .compose(found -> begun.map(found))
              .compose(found -> write(connection, decide.apply(found)));
        });
  }

  @Override
  public Future<Optional<Room>> find(RoomId id) {
    String sql = "select " + RoomRows.FACTS + ", " + RoomRows.EVIDENCE + " from room where id = $1";
    return postgres.with(
        pool ->
            pool.preparedQuery(sql)
                .execute(Tuple.of(id.value()))
                .map(rows -> stream(rows).findFirst().map(RoomRows::withEvidence)));
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
                array(wanted.ids(), RoomId::value),
                array(wanted.hosts(), UserId::value),
                array(wanted.streams(), Object::toString)))
        .map(rows -> stream(rows).map(RoomRows::withEvidence).toList());
  }

  private Future<Map<UserId, Ban>> bans(Session connection, Collection<UserId> hosts) {
    return connection
        .preparedQuery(
            "select host_id, reason, until from host_ban where host_id = any($1::text[])")
        .execute(Tuple.of(array(hosts, UserId::value)))
        .map(
            rows ->
                stream(rows)
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
                .addArrayOfString(array(keys, key -> key.user().value()))
                .addArrayOfString(array(keys, OpeningKey::key)))
        .map(rows -> stream(rows).map(PostgresRooms::opening).collect(toMap(Opening::key, o -> o)));
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

  private Future<Committed> write(Session connection, Writes writes) {
    if (writes.isEmpty()) {
      return connection.query("rollback").execute().map(new Committed("", 0));
    }
    List<Future<?>> sent = new ArrayList<>();
    Future<Committed> committed = Future.succeededFuture(new Committed("", 0));
    if (!writes.rooms().isEmpty()) {
      sent.add(upsertRooms(connection, writes.rooms()));
    }
    if (!writes.asks().isEmpty()) {
      sent.add(watch(connection, writes.asks()));
      sent.add(unwatch(connection, writes.asks()));
    }
    if (!writes.openings().isEmpty()) {
      sent.add(insertOpenings(connection, writes.openings()));
    }
    // The clock is one row: last of all, so that its lock is held for the commit only.
    if (!writes.log().isEmpty()) {
      committed = appendLog(connection, writes.log());
      sent.add(committed);
    }
    sent.add(connection.query("commit").execute());
    Future<Committed> position = committed;
    return Future.join(sent).transform(all -> firstTroubleOf(sent).orElse(position));
  }

  /** What comes behind a statement that failed fails too, and says less. */
  @SuppressWarnings("unchecked")
  private static Optional<Future<Committed>> firstTroubleOf(List<Future<?>> sent) {
    return sent.stream()
        .filter(Future::failed)
        .findFirst()
        .map(failed -> (Future<Committed>) failed);
  }

  /**
   * Rooms that exist come first, so that a host's replaced room is closed before his new one is
   * inserted.
   */
  private Future<?> upsertRooms(Session connection, List<Room> rooms) {
    var ordered = new ArrayList<>(rooms);
    ordered.sort(
        Comparator.comparing((Room room) -> room.version() == 1)
            .thenComparing(room -> room.host().id().value())
            .thenComparing(Room::id));
    Tuple arrays = Tuple.tuple();
    RoomRows.addFacts(arrays, ordered);
    RoomRows.addEvidence(arrays, ordered);
    return connection.preparedQuery(UPSERT_ROOMS).execute(arrays);
  }

  private static final String UPSERT_ROOMS =
      "insert into room ("
          + RoomRows.FACTS
          + ", "
          + RoomRows.EVIDENCE
          + ")\n"
          + """
          select id, stream, host_id, host_name, host_avatar_url, title, cover_url, location, string_to_array(tags, ','),
            state, close_reason, created_at, live_at, closed_at, version, viewers, likes, peak_viewers, visits,
            said_live_at, beat_at, seen_up_at, string_to_array(misses, ','), string_to_array(pushes, ',')
          from unnest("""
          + RoomRows.factsAndEvidenceFromArrays(1)
          + ")\n  as room ("
          + RoomRows.FACTS
          + ", "
          + RoomRows.EVIDENCE
          + ")\n"
          + """
          on conflict (id) do update set
            title = excluded.title, cover_url = excluded.cover_url, location = excluded.location, tags = excluded.tags,
            state = excluded.state, close_reason = excluded.close_reason,
            live_at = excluded.live_at, closed_at = excluded.closed_at, version = excluded.version,
            said_live_at = excluded.said_live_at, beat_at = excluded.beat_at, seen_up_at = excluded.seen_up_at,
            misses = excluded.misses, pushes = excluded.pushes""";

  private Future<?> watch(Session connection, Map<RoomId, Optional<Instant>> asks) {
    var due = asks.entrySet().stream().filter(ask -> ask.getValue().isPresent()).toList();
    Tuple arrays = Tuple.tuple();
    RoomRows.text(arrays, due, ask -> ask.getKey().value());
    RoomRows.time(arrays, due, ask -> ask.getValue().orElseThrow());
    return connection
        .preparedQuery(
            """
            insert into room_watch (room_id, due_at) select * from unnest($1::text[], $2::timestamptz[])
            on conflict (room_id) do update set due_at = excluded.due_at""")
        .execute(arrays);
  }

  private Future<?> unwatch(Session connection, Map<RoomId, Optional<Instant>> asks) {
    var over =
        asks.entrySet().stream()
            .filter(ask -> ask.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    return connection
        .preparedQuery("delete from room_watch where room_id = any($1::text[])")
        .execute(Tuple.of(array(over, RoomId::value)));
  }

  private Future<?> insertOpenings(Session connection, List<Opening> openings) {
    Tuple arrays = Tuple.tuple();
    RoomRows.text(arrays, openings, opening -> opening.key().key());
    RoomRows.text(arrays, openings, Opening::request);
    RoomRows.time(arrays, openings, Opening::pushUntil);
    RoomRows.addFacts(arrays, openings.stream().map(Opening::room).toList());
    return connection.preparedQuery(INSERT_OPENINGS).execute(arrays);
  }

  /** An attempt that is older than a day gives way to a new one of the same name. */
  private static final String INSERT_OPENINGS =
      """
      insert into opening (host_id, key, request, push_until, id, stream, host_name, host_avatar_url, title, cover_url,
        location, tags, created_at)
      select host_id, key, request, push_until, id, stream, host_name, host_avatar_url, title, cover_url, location,
        string_to_array(tags, ','), created_at
      from unnest($1::text[], $2::text[], $3::timestamptz[], """
          + RoomRows.factsFromArrays(4)
          + ")\n  as o (key, request, push_until, "
          + RoomRows.FACTS
          + ")\n"
          + """
          on conflict (host_id, key) do update set
            request = excluded.request, push_until = excluded.push_until, id = excluded.id, stream = excluded.stream,
            host_name = excluded.host_name, host_avatar_url = excluded.host_avatar_url, title = excluded.title,
            cover_url = excluded.cover_url, location = excluded.location, tags = excluded.tags,
            created_at = excluded.created_at""";

  private Future<Committed> appendLog(Session connection, List<Entry> entries) {
    Tuple arrays = Tuple.tuple();
    arrays.addLong((long) entries.size());
    RoomRows.text(arrays, entries, entry -> entry.event().name());
    RoomRows.addFacts(arrays, entries.stream().map(Entry::room).toList());
    PreparedQuery<RowSet<Row>> append = connection.preparedQuery(APPEND_LOG);
    return append
        .execute(arrays)
        .map(rows -> stream(rows).findFirst().orElseThrow())
        .map(row -> new Committed(row.getString("epoch"), row.getLong("seq")));
  }

  private static final String APPEND_LOG =
      """
      with clock as (update hall_clock set seq = seq + $1 returning epoch, seq),
      entry as (
        insert into room_log (seq, event, at, """
          + RoomRows.FACTS
          + ")\n"
          + """
            select clock.seq - $1 + n, event, now(), id, stream, host_id, host_name, host_avatar_url, title, cover_url,
              location, string_to_array(tags, ','), state, close_reason, created_at, live_at, closed_at, version,
              viewers, likes, peak_viewers, visits
            from clock, unnest($2::text[], """
          + RoomRows.factsFromArrays(3)
          + ")\n  with ordinality as e (event, "
          + RoomRows.FACTS
          + ", n))\n"
          + "select epoch, seq from clock";

  private static <T> String[] array(Collection<T> items, Function<T, String> text) {
    return items.stream().map(text).toArray(String[]::new);
  }

  private static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }
}
