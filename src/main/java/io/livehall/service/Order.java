package io.livehall.service;

import io.livehall.domain.Host;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.StreamName;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the keeper can be asked to do. */
public sealed interface Order extends Serializable {

  record Open(Host host, RoomInfo info, @Nullable Attempt attempt) implements Order {}

  record Change(Target target, RoomChange change) implements Order {}

  /**
   * How a client marks that a repeated request is the same one. {@code request}: a digest of what
   * it asks for.
   */
  record Attempt(String key, String request) implements Serializable {}

  sealed interface Target extends Serializable {
    record ById(RoomId id) implements Target {}

    /** The open room of a stream. */
    record ByStream(StreamName stream) implements Target {}
  }

  /**
   * What the keeper answers once it is committed. {@code seq}: the log's end then, or 0 if the log
   * did not grow.
   */
  record Kept(Room room, long seq) implements Serializable {}

  record Opened(Room room, Instant pushUntil, long seq) implements Serializable {}
}
