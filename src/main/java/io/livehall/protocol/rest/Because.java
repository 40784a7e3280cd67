package io.livehall.protocol.rest;

import io.livehall.domain.CloseReason;
import io.livehall.domain.Evidence;
import io.livehall.domain.Room;
import io.livehall.domain.StreamState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a room is in its state, in one sentence for people. */
final class Because {
  private Because() {}

  static String of(Room room) {
    return switch (room.state()) {
      case CREATED -> "Nobody has said yet that its stream is up.";
      case LIVE -> live(room.evidence());
      case INTERRUPTED ->
          "The cloud said that the push is over, and nothing has shown since that the stream is up"
              + " again.";
      case CLOSED -> closed(room.closeReason());
    };
  }

  private static String live(Evidence evidence) {
    long misses = evidence.misses().stream().filter(m -> m.says() == StreamState.DOWN).count();
    if (misses > 0) {
      return "The stream was up, and "
          + (misses == 1
              ? "one poll that found it down since is"
              : misses + " polls that found it down since are")
          + " no proof yet that it is lost.";
    }
    List<Evidence.Push> pushes = evidence.pushes();
    Evidence.@Nullable Push push = pushes.isEmpty() ? null : pushes.get(pushes.size() - 1);
    boolean isPushing = push != null && push.endedAt() == null;
    Instant polled = evidence.seenUpAt();
    if (isPushing || polled != null) {
      return "The cloud says that the stream is up.";
    }
    return "The host says that his push has begun, and nothing says otherwise.";
  }

  private static String closed(@Nullable CloseReason reason) {
    if (reason == null) {
      return "It is closed.";
    }
    return switch (reason) {
      case HOST_ENDED -> "Its host ended it.";
      case NEVER_STARTED -> "Nobody said in time that its stream was up.";
      case STREAM_LOST -> "At least three polls in a row found its stream down.";
      case HOST_LOST ->
          "At least three heartbeats of its host were missed, and nothing else said that its stream"
              + " was up.";
      case BANNED -> "A moderator banned it.";
      case REPLACED -> "Its host opened another room.";
    };
  }
}
