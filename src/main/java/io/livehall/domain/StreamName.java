package io.livehall.domain;

import java.io.Serializable;
import java.util.Locale;

/**
 * The name under which a stream is pushed and played (直播码): 1 to 80 of {@code [a-z0-9_]}. Lower
 * case only, since old clients lower-case push URLs; no other characters, since the mixing API
 * refuses them.
 */
public record StreamName(String value) implements Serializable {
  private static final int LENGTH_MAX = 80;

  public StreamName {
    if (!isForm(value)) {
      throw new LiveException(ErrorCode.INVALID, "A stream name has 1 to 80 of a-z 0-9 _");
    }
  }

  public static boolean isForm(String value) {
    if (value.isEmpty() || value.length() > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
        return false;
      }
    }
    return true;
  }

  /** A name that no other room has. */
  public static StreamName ofRoom(String bizId, RoomId room) {
    return new StreamName(bizId + "_" + room.value());
  }

  /**
   * A name that is the host's for ever. Two users must never share one, so each character outside
   * {@code [a-z0-9]} is written as {@code _} and its two-digit code, where a plain replacement
   * would make {@code a-b} and {@code a_b} one.
   */
  public static StreamName ofUser(String bizId, UserId user) {
    var name = new StringBuilder(bizId).append('_');
    for (char c : user.value().toCharArray()) {
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      name.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "_%02x", (int) c));
    }
    if (name.length() > LENGTH_MAX) {
      throw new LiveException(
          ErrorCode.INVALID, "The user id is too long to name a stream after it.");
    }
    return new StreamName(name.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
