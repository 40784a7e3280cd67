package io.livehall.protocol.push;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way to those who look at something.
 *
 * @param committedAt when the oldest change in it was committed; null where it tells of none
 */
record Telling(Kind kind, ByteBuf frame, @Nullable Instant committedAt) {

  enum Kind {
    SNAP(true),
    DELTA(true),
    COUNT(true),
    MARK(true),
    ROOM(true),
    /** Some of those who came to a room, or left: a show, and the counters are the truth. */
    JOINED(true),
    LEFT(true),
    ENTERED(false),
    /** Interrupted, resumed, changed: for who is in the room, and never left out. */
    NOTICE(false),
    /** The room is over: for everyone who looks at it, and the last that he hears of it. */
    CLOSED(false),
    ERROR(false);

    private final boolean isConflated;

    Kind(boolean isConflated) {
      this.isConflated = isConflated;
    }

    /** A client who reads slowly is told the sum of these later. */
    boolean isConflated() {
      return isConflated;
    }

    /** As it stands in the metrics. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who has no channel hears of the end, and of counters otherwise. */
  boolean isFor(Seat seat) {
    return seat.kind == Seat.Kind.CHANNEL || kind == Kind.CLOSED;
  }

  static Telling of(Kind kind, ByteBuf frame) {
    return new Telling(kind, frame, null);
  }
}
