package io.livehall.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.livehall.domain.Heat;
import io.livehall.domain.Host;
import io.livehall.domain.PlayUrls;
import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamUrls;
import io.livehall.domain.Summary;
import io.livehall.hall.ListedRoom;
import io.livehall.service.Rooms;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A room as viewers see it. The push address and its secret are never in it. */
public final class RoomJson {
  private static final byte[] COUNTERS_BEGIN = ",\"viewers\":".getBytes(UTF_8);
  private static final byte[] COUNTERS_END = ",\"createdAt\":".getBytes(UTF_8);

  private final StreamUrls urls;

  public RoomJson(StreamUrls urls) {
    this.urls = urls;
  }

  /** The room as it is sent, in the list and by itself. */
  public byte[] encode(Room room) {
    return text(room).bytes();
  }

  /**
   * The room as it is listed. Counters run past the rooms: what was listed before has the newer
   * ones.
   */
  public ListedRoom listed(Room room, @Nullable ListedRoom before) {
    Instant liveAt = room.liveAt() == null ? room.createdAt() : room.liveAt();
    long viewers = before == null ? room.tally().viewers() : before.viewers();
    long likes = before == null ? room.tally().likes() : before.likes();
    long heat = before == null ? Heat.of(viewers, 0) : before.heat();
    byte[] json = text(room, viewers, likes).bytes();
    long at = liveAt.toEpochMilli();
    return new ListedRoom(
        room.id(), room.version(), at, heat, viewers, likes, room.info().tags(), json);
  }

  /** The same room with other counters, put in the place of the old ones. */
  public static ListedRoom counted(ListedRoom room, long viewers, long likes, long heat) {
    byte[] json = room.json();
    int from = indexOf(json, COUNTERS_BEGIN, 0);
    int to = indexOf(json, COUNTERS_END, from);
    byte[] counters = (",\"viewers\":" + viewers + ",\"likes\":" + likes).getBytes(UTF_8);
    byte[] next = new byte[from + counters.length + json.length - to];
    System.arraycopy(json, 0, next, 0, from);
    System.arraycopy(counters, 0, next, from, counters.length);
    System.arraycopy(json, to, next, from + counters.length, json.length - to);
    return new ListedRoom(
        room.id(), room.version(), room.liveAt(), heat, viewers, likes, room.tags(), next);
  }

  public JsonText text(Room room) {
    return text(room, room.tally().viewers(), room.tally().likes());
  }

  private JsonText text(Room room, long viewers, long likes) {
    var json =
        new JsonText()
            .put("id", room.id().value())
            .put("state", state(room))
            .put("host", host(room.host()))
            .put("title", room.info().title())
            .put("coverUrl", room.info().coverUrl())
            .put("location", room.info().location())
            .put("tags", room.info().tags())
            .put("viewers", viewers)
            .put("likes", likes)
            .put("createdAt", Times.text(room.createdAt()))
            .put("liveAt", Times.textOrNull(room.liveAt()));
    if (room.state() == RoomState.CLOSED) {
      json.put("closedAt", Times.textOrNull(room.closedAt()))
          .put("closeReason", nameOrNull(room.closeReason()));
    }
    return json.put("version", room.version()).put("play", play(urls.play(room)));
  }

  public static String state(Room room) {
    return room.state().name().toLowerCase(Locale.ROOT);
  }

  public static JsonText push(Rooms.Push push) {
    return new JsonText().put("url", push.url()).put("expiresAt", Times.text(push.expiresAt()));
  }

  public static JsonText summary(Summary summary) {
    return new JsonText()
        .put("durationSeconds", summary.durationSeconds())
        .put("likes", summary.likes())
        .put("peakViewers", summary.peakViewers())
        .put("visits", summary.visits());
  }

  public static JsonObject position(Position at) {
    return new JsonObject().put("epoch", at.epoch()).put("seq", at.seq());
  }

  /** No text of a host can look like these: its quotes are escaped. */
  private static int indexOf(byte[] json, byte[] what, int from) {
    for (int at = from; at <= json.length - what.length; at++) {
      if (Arrays.equals(json, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    throw new IllegalArgumentException("no room: " + new String(json, UTF_8));
  }

  /** Who gave no name is shown by his id. */
  private static JsonText host(Host host) {
    String name = host.name();
    return new JsonText()
        .put("id", host.id().value())
        .put("name", name == null ? host.id().value() : name)
        .put("avatarUrl", host.avatarUrl());
  }

  private static JsonText play(PlayUrls play) {
    return new JsonText()
        .put("rtmp", play.rtmp())
        .put("flv", play.flv())
        .put("hls", play.hls())
        .put("expiresAt", Times.textOrNull(play.expiresAt()));
  }

  private static @Nullable String nameOrNull(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }
}
