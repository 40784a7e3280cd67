package io.livehall.domain;

import io.livehall.domain.Outcome.Changed;
import io.livehall.domain.Outcome.Refused;
import io.livehall.domain.Outcome.Unchanged;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A room and what came of the last word about it. */
record Telling(Room room, @Nullable RoomEvent event, @Nullable ErrorCode refusal, boolean isWrite) {

  static Telling of(Room room) {
    return new Telling(room, null, null, false);
  }

  /** The word arrives that many seconds after the opening. */
  Telling hears(long now, RoomChange word) {
    return hears(Words.at(now), word, Words.POLICY);
  }

  Telling hears(Instant now, RoomChange word, LivenessPolicy policy) {
    Outcome outcome = room.hear(word, policy, now);
    if (outcome instanceof Changed changed) {
      return new Telling(changed.room(), changed.event(), null, true);
    } else if (outcome instanceof Unchanged same) {
      return new Telling(same.room(), null, null, false);
    }
    return new Telling(room, null, ((Refused) outcome).code(), false);
  }

  RoomState state() {
    return room.state();
  }

  @Nullable CloseReason reason() {
    return room.closeReason();
  }
}
