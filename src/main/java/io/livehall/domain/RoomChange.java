package io.livehall.domain;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A word about a room: from its host, from the cloud, or from us. {@link Room#hear} decides what it
 * changes.
 */
public sealed interface RoomChange extends Serializable {

  /** Words that only the host may say. */
  sealed interface OfHost extends RoomChange {
    UserId by();
  }

  /** "My push has begun." */
  record SaysLive(UserId by) implements OfHost {}

  /** "I am still here." */
  record Beats(UserId by) implements OfHost {}

  record Edits(UserId by, RoomInfo.Patch patch) implements OfHost {}

  record Ends(UserId by) implements OfHost {}

  /**
   * The cloud's callback: a push began. Start and end of one push carry the same {@code sequence}.
   */
  record PushBegan(String sequence, Instant at) implements RoomChange {}

  /**
   * The cloud's callback: a push is over. {@code beganAt} where the callback tells how long it was.
   */
  record PushEnded(String sequence, Instant at, @Nullable Instant beganAt) implements RoomChange {}

  /** The cloud was asked. {@code number} counts the questions about this room, without a gap. */
  record Polled(long number, Instant at, StreamState says) implements RoomChange {}

  /** The host opened another room. */
  record Replaced() implements RoomChange {}
}
