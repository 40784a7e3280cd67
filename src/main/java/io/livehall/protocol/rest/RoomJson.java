package io.livehall.protocol.rest;

import io.livehall.domain.Host;
import io.livehall.domain.PlayUrls;
import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamUrls;
import io.livehall.domain.Summary;
import io.livehall.service.Rooms;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A room as viewers see it. The push address and its secret are never in it. */
public final class RoomJson {
  private final StreamUrls urls;

  public RoomJson(StreamUrls urls) {
    this.urls = urls;
  }

  /** The room as it is sent, in the list and by itself. */
  public byte[] encode(Room room) {
    return text(room).bytes();
  }

  JsonText text(Room room) {
    var json =
        new JsonText()
            .put("id", room.id().value())
            .put("state", state(room))
            .put("host", host(room.host()))
            .put("title", room.info().title())
            .put("coverUrl", room.info().coverUrl())
            .put("location", room.info().location())
            .put("tags", room.info().tags())
            .put("viewers", room.tally().viewers())
            .put("likes", room.tally().likes())
            .put("createdAt", Times.text(room.createdAt()))
            .put("liveAt", Times.textOrNull(room.liveAt()));
    if (room.state() == RoomState.CLOSED) {
      json.put("closedAt", Times.textOrNull(room.closedAt()))
          .put("closeReason", nameOrNull(room.closeReason()));
    }
    return json.put("version", room.version()).put("play", play(urls.play(room)));
  }

  static String state(Room room) {
    return room.state().name().toLowerCase(Locale.ROOT);
  }

  static JsonText push(Rooms.Push push) {
    return new JsonText().put("url", push.url()).put("expiresAt", Times.text(push.expiresAt()));
  }

  static JsonText summary(Summary summary) {
    return new JsonText()
        .put("durationSeconds", summary.durationSeconds())
        .put("likes", summary.likes())
        .put("peakViewers", summary.peakViewers())
        .put("visits", summary.visits());
  }

  static JsonObject position(Position at) {
    return new JsonObject().put("epoch", at.epoch()).put("seq", at.seq());
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
