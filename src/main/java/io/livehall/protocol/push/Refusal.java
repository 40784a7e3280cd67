package io.livehall.protocol.push;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why something was not done.
 *
 * @param about what it is about, such as {@code room} and its id; null for the frame as a whole
 */
record Refusal(ErrorCode code, String message, Map.@Nullable Entry<String, String> about) {
  private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

  static Refusal of(LiveException trouble) {
    String message =
        trouble.fields().isEmpty()
            ? trouble.detail()
            : trouble.fields().stream()
                .map(fault -> fault.field() + " " + fault.message())
                .collect(Collectors.joining("; ", "", "."));
    return new Refusal(trouble.code(), message, null);
  }

  /** What has no name is a mistake of ours. */
  static LiveException known(Throwable trouble) {
    if (trouble instanceof LiveException live) {
      return live;
    }
    LOG.error("a service failed", trouble);
    return new LiveException(ErrorCode.INTERNAL, "Something went wrong here.");
  }

  static Refusal malformed(String message) {
    return new Refusal(ErrorCode.INVALID, message, null);
  }

  static Refusal flood() {
    return new Refusal(ErrorCode.RATE_LIMITED, "That were too many messages in a minute.", null);
  }

  static Refusal origin() {
    return new Refusal(ErrorCode.FORBIDDEN, "Pages of this origin may not connect.", null);
  }

  static Refusal expired() {
    return new Refusal(ErrorCode.TOKEN_EXPIRED, "The token is over. Come with a new one.", null);
  }

  static Refusal nobody(RoomId room) {
    return ofRoom(ErrorCode.TOKEN_MISSING, "Say hello with a token first.", room.value());
  }

  static Refusal ofRoom(LiveException trouble, RoomId room) {
    return ofRoom(trouble.code(), trouble.detail(), room.value());
  }

  static Refusal ofRoom(ErrorCode code, String message, String room) {
    return new Refusal(code, message, Map.entry("room", room));
  }

  static Refusal ofChannel(ErrorCode code, String message, String channel) {
    return new Refusal(code, message, Map.entry("ch", channel));
  }
}
