package io.livehall.postgres;

import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.service.port.RoomStore.Committed;
import io.livehall.service.port.RoomStore.Entry;
import io.livehall.service.port.RoomStore.Opening;
import io.livehall.service.port.RoomStore.Writes;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes what a batch of orders changed: each table with one statement, and all or nothing. */
final class RoomWrites {
  private final Session session;

  RoomWrites(Session session) {
    this.session = session;
  }

  /** One round trip: what is written, and {@code commit} behind it. */
  Future<Committed> commit(Writes writes) {
    if (writes.isEmpty()) {
      return session.query("rollback").execute().map(new Committed("", 0));
    }
    List<Future<?>> sent = new ArrayList<>();
    Future<Committed> committed = Future.succeededFuture(new Committed("", 0));
    if (!writes.rooms().isEmpty()) {
      sent.add(upsertRooms(writes.rooms()));
    }
    if (!writes.unsettled().isEmpty()) {
      sent.add(markUnsettled(writes.unsettled()));
    }
    if (!writes.asks().isEmpty()) {
      sent.add(watch(writes.asks()));
      sent.add(unwatch(writes.asks()));
    }
    if (!writes.openings().isEmpty()) {
      sent.add(insertOpenings(writes.openings()));
    }
    // The clock is one row: last of all, so that its lock is held for the commit only.
    if (!writes.log().isEmpty()) {
      committed = appendLog(writes.log());
      sent.add(committed);
    }
    sent.add(session.query("commit").execute());
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
  private Future<?> upsertRooms(List<Room> rooms) {
    var ordered = new ArrayList<>(rooms);
    ordered.sort(
        Comparator.comparing((Room room) -> room.version() == 1)
            .thenComparing(room -> room.host().id().value())
            .thenComparing(Room::id));
    Tuple arrays = Tuple.tuple();
    RoomRows.addFacts(arrays, ordered);
    RoomRows.addEvidence(arrays, ordered);
    return session.preparedQuery(UPSERT_ROOMS).execute(arrays);
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
            misses = excluded.misses, pushes = excluded.pushes,
            viewers = excluded.viewers, likes = greatest(room.likes, excluded.likes),
            peak_viewers = greatest(room.peak_viewers, excluded.peak_viewers),
            visits = greatest(room.visits, excluded.visits)""";

  private Future<?> markUnsettled(Set<RoomId> rooms) {
    return session
        .preparedQuery("update room set is_unsettled = true where id = any($1::text[])")
        .execute(Tuple.of(RoomRows.array(rooms, RoomId::value)));
  }

  private Future<?> watch(Map<RoomId, Optional<Instant>> asks) {
    var due = asks.entrySet().stream().filter(ask -> ask.getValue().isPresent()).toList();
    Tuple arrays = Tuple.tuple();
    RoomRows.text(arrays, due, ask -> ask.getKey().value());
    RoomRows.time(arrays, due, ask -> ask.getValue().orElseThrow());
    return session
        .preparedQuery(
            """
            insert into room_watch (room_id, due_at) select * from unnest($1::text[], $2::timestamptz[])
            on conflict (room_id) do update set due_at = excluded.due_at""")
        .execute(arrays);
  }

  private Future<?> unwatch(Map<RoomId, Optional<Instant>> asks) {
    var over =
        asks.entrySet().stream()
            .filter(ask -> ask.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    return session
        .preparedQuery("delete from room_watch where room_id = any($1::text[])")
        .execute(Tuple.of(RoomRows.array(over, RoomId::value)));
  }

  private Future<?> insertOpenings(List<Opening> openings) {
    Tuple arrays = Tuple.tuple();
    RoomRows.text(arrays, openings, opening -> opening.key().key());
    RoomRows.text(arrays, openings, Opening::request);
    RoomRows.time(arrays, openings, Opening::pushUntil);
    RoomRows.addFacts(arrays, openings.stream().map(Opening::room).toList());
    return session.preparedQuery(INSERT_OPENINGS).execute(arrays);
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

  private Future<Committed> appendLog(List<Entry> entries) {
    Tuple arrays = Tuple.tuple();
    arrays.addLong((long) entries.size());
    RoomRows.text(arrays, entries, entry -> entry.event().name());
    RoomRows.addFacts(arrays, entries.stream().map(Entry::room).toList());
    return session
        .preparedQuery(APPEND_LOG)
        .execute(arrays)
        .map(rows -> RoomRows.stream(rows).findFirst().orElseThrow())
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
}
