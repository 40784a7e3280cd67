package io.livehall.domain;

import org.jspecify.annotations.Nullable;

/** What became of a word about a room. */
public sealed interface Outcome {

  /** The room is to be written; and told to everyone if there is an event. */
  record Changed(Room room, @Nullable RoomEvent event) implements Outcome {}

  record Unchanged(Room room) implements Outcome {}

  record Refused(ErrorCode code, String detail) implements Outcome {}
}
