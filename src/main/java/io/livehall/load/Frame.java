package io.livehall.load;

import io.livehall.domain.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server says in one frame. Immutable: all who get the same bytes share one. */
public sealed interface Frame {

  /** Reads the text of a frame; never fails, see {@link Malformed} and {@link Unknown}. */
  static Frame of(String text) {
    return FrameReader.read(text);
  }

  record Welcome(String node, String epoch) implements Frame {}

  /** A whole view. Who shows it shows this very list. */
  record Snap(String channel, RoomList list) implements Frame {}

  /**
   * What happened to a view in {@code (prev, seq]}.
   *
   * @param order the ids of the view; null where neither membership nor order changed
   */
  record Delta(
      String channel,
      long prev,
      long seq,
      int total,
      List<Shown> up,
      List<Gone> gone,
      @Nullable List<String> order)
      implements Frame {}

  /** A room that is in the view no more. */
  record Gone(String id, boolean isClosed) {}

  record Count(List<Counted> rooms) implements Frame {}

  record Counted(String id, long viewers, long likes) {}

  record Mark(String channel, Position at, int count, String hash) implements Frame {}

  record RoomIs(String channel, long seq, Shown room) implements Frame {}

  record Changed(Shown room, long seq) implements Frame {}

  /**
   * The stream broke off, or came back.
   *
   * @param version of the room since then; null where the frame does not say it
   */
  record Streaming(String room, long seq, boolean isUp, @Nullable Long version) implements Frame {}

  record Closed(String room, long seq, String reason) implements Frame {}

  /** He is a viewer of the room now. */
  record Entered(String room) implements Frame {}

  /** Some came to a room, or left it. */
  record Moved(String room, boolean hasCome, List<String> names) implements Frame {}

  record Liked(String room, int count) implements Frame {}

  /** Something was refused. */
  record Refused(String code, String message, @Nullable String channel, @Nullable String room)
      implements Frame {}

  record GoAway(String why, int withinMs) implements Frame {}

  record Pong() implements Frame {}

  /** Of a type that this client does not know; newer servers may have such. */
  record Unknown(String type) implements Frame {}

  /** Not what the protocol allows. */
  record Malformed(String why) implements Frame {}
}
