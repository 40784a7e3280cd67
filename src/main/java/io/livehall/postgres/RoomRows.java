package io.livehall.postgres;

import io.livehall.domain.CloseReason;
import io.livehall.domain.Evidence;
import io.livehall.domain.Host;
import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A room as columns: of a row that is read, and of the arrays that many rooms are written with at
 * once.
 */
final class RoomRows {
  /** What every table that keeps rooms has, in the order of {@link #addFacts}. */
  static final String FACTS =
      """
      id, stream, host_id, host_name, host_avatar_url, title, cover_url, location, tags, state, close_reason,
      created_at, live_at, closed_at, version, viewers, likes, peak_viewers, visits""";

  /**
   * What the list shows of a live room: at a start a hundred thousand are read, so nothing more.
   */
  static final String LISTED =
      """
      id, stream, host_id, host_name, host_avatar_url, title, cover_url, location, tags,
      created_at, live_at, version, viewers, likes""";

  static final String EVIDENCE = "said_live_at, beat_at, seen_up_at, misses, pushes";

  private RoomRows() {}

  /** The facts of the rooms as one array for each column; lists are joined with commas. */
  static void addFacts(Tuple to, Collection<Room> rooms) {
    text(to, rooms, room -> room.id().value());
    text(to, rooms, room -> room.stream().value());
    text(to, rooms, room -> room.host().id().value());
    text(to, rooms, room -> room.host().name());
    text(to, rooms, room -> room.host().avatarUrl());
    text(to, rooms, room -> room.info().title());
    text(to, rooms, room -> room.info().coverUrl());
    text(to, rooms, room -> room.info().location());
    text(to, rooms, room -> String.join(",", room.info().tags()));
    text(to, rooms, room -> room.state().name().toLowerCase(Locale.ROOT));
    text(to, rooms, room -> room.closeReason() == null ? null : room.closeReason().name());
    time(to, rooms, Room::createdAt);
    time(to, rooms, Room::liveAt);
    time(to, rooms, Room::closedAt);
    number(to, rooms, Room::version);
    number(to, rooms, room -> room.tally().viewers());
    number(to, rooms, room -> room.tally().likes());
    number(to, rooms, room -> room.tally().peakViewers());
    number(to, rooms, room -> room.tally().visits());
  }

  static void addEvidence(Tuple to, Collection<Room> rooms) {
    time(to, rooms, room -> room.evidence().saidLiveAt());
    time(to, rooms, room -> room.evidence().beatAt());
    time(to, rooms, room -> room.evidence().seenUpAt());
    text(to, rooms, room -> joined(room.evidence().misses(), RoomRows::missText));
    text(to, rooms, room -> joined(room.evidence().pushes(), RoomRows::pushText));
  }

  /**
   * {@code unnest($n::text[], …)} over the arrays of {@link #addFacts}, the first of which is
   * number {@code n}.
   */
  static String factsFromArrays(int n) {
    var types =
        "text text text text text text text text text text text timestamptz timestamptz timestamptz"
            + " bigint bigint bigint bigint bigint";
    return arrays(n, types);
  }

  static String factsAndEvidenceFromArrays(int n) {
    return factsFromArrays(n)
        + ", "
        + arrays(n + 19, "timestamptz timestamptz timestamptz text text");
  }

  static Room withEvidence(Row row) {
    var misses = Arrays.stream(row.getArrayOfStrings("misses")).map(RoomRows::miss).toList();
    var pushes = Arrays.stream(row.getArrayOfStrings("pushes")).map(RoomRows::push).toList();
    return room(
        row,
        new Evidence(
            instant(row, "said_live_at"),
            instant(row, "beat_at"),
            instant(row, "seen_up_at"),
            misses,
            pushes));
  }

  static Room room(Row row, Evidence evidence) {
    String reason = row.getString("close_reason");
    return new Room(
        new RoomId(row.getString("id")),
        new StreamName(row.getString("stream")),
        host(row),
        info(row),
        RoomState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        reason == null ? null : CloseReason.valueOf(reason),
        row.getOffsetDateTime("created_at").toInstant(),
        instant(row, "live_at"),
        instant(row, "closed_at"),
        row.getLong("version"),
        new Tally(
            row.getLong("viewers"),
            row.getLong("likes"),
            row.getLong("peak_viewers"),
            row.getLong("visits")),
        evidence);
  }

  /**
   * Of the columns {@link #LISTED}, by their places: to look for names costs as much as the rest.
   */
  static Room listed(Row row) {
    OffsetDateTime liveAt = row.getOffsetDateTime(10);
    return new Room(
        new RoomId(row.getString(0)),
        new StreamName(row.getString(1)),
        new Host(new UserId(row.getString(2)), row.getString(3), row.getString(4)),
        new RoomInfo(
            row.getString(5),
            row.getString(6),
            row.getString(7),
            List.of(row.getArrayOfStrings(8))),
        RoomState.LIVE,
        null,
        row.getOffsetDateTime(9).toInstant(),
        liveAt == null ? null : liveAt.toInstant(),
        null,
        row.getLong(11),
        new Tally(row.getLong(12), row.getLong(13), 0, 0),
        Evidence.NONE);
  }

  static Host host(Row row) {
    return new Host(
        new UserId(row.getString("host_id")),
        row.getString("host_name"),
        row.getString("host_avatar_url"));
  }

  static RoomInfo info(Row row) {
    return new RoomInfo(
        row.getString("title"),
        row.getString("cover_url"),
        row.getString("location"),
        List.of(row.getArrayOfStrings("tags")));
  }

  static <T> String[] array(Collection<T> items, Function<T, String> text) {
    return items.stream().map(text).toArray(String[]::new);
  }

  static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }

  static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  static <T> void text(Tuple to, Collection<T> items, Function<T, @Nullable String> column) {
    to.addArrayOfString(items.stream().map(column).toArray(String[]::new));
  }

  static <T> void time(Tuple to, Collection<T> items, Function<T, @Nullable Instant> column) {
    to.addArrayOfOffsetDateTime(
        items.stream()
            .map(
                item -> {
                  Instant at = column.apply(item);
                  return at == null ? null : utc(at);
                })
            .toArray(OffsetDateTime[]::new));
  }

  static <T> void number(Tuple to, Collection<T> items, Function<T, Long> column) {
    to.addArrayOfLong(items.stream().map(column).toArray(Long[]::new));
  }

  private static String arrays(int n, String types) {
    var list = new StringBuilder();
    int i = n;
    for (String type : types.split(" ")) {
      list.append(i == n ? "" : ", ")
          .append('$')
          .append(i++)
          .append("::")
          .append(type)
          .append("[]");
    }
    return list.toString();
  }

  private static @Nullable Instant instant(Row row, String column) {
    OffsetDateTime at = row.getOffsetDateTime(column);
    return at == null ? null : at.toInstant();
  }

  private static <T> String joined(List<T> items, Function<T, String> form) {
    return String.join(",", items.stream().map(form).toList());
  }

  private static String missText(Evidence.Poll miss) {
    return miss.number() + " " + miss.at() + " " + miss.says();
  }

  private static Evidence.Poll miss(String text) {
    String[] part = text.split(" ");
    return new Evidence.Poll(
        Long.parseLong(part[0]), Instant.parse(part[1]), StreamState.valueOf(part[2]));
  }

  private static String pushText(Evidence.Push push) {
    return push.sequence()
        + " "
        + (push.beganAt() == null ? "-" : push.beganAt())
        + " "
        + (push.endedAt() == null ? "-" : push.endedAt());
  }

  private static Evidence.Push push(String text) {
    String[] part = text.split(" ");
    return new Evidence.Push(
        part[0],
        part[1].equals("-") ? null : Instant.parse(part[1]),
        part[2].equals("-") ? null : Instant.parse(part[2]));
  }
}
