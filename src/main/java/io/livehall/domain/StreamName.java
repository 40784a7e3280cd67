package io.livehall.domain;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name under which a stream is pushed and played (直播码): 1 to 80 of {@code [a-z0-9_]}. Lower
 * case only, since old clients lower-case push URLs; no other characters, since the mixing API
 * refuses them.
 */
public record StreamName(String value) implements Serializable {
  public static final Pattern FORM = Pattern.compile("[a-z0-9_]{1,80}");

  public StreamName {
    if (!FORM.matcher(value).matches()) {
      throw new LiveException(ErrorCode.INVALID, "A stream name has 1 to 80 of a-z 0-9 _");
    }
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
    if (name.length() > 80) {
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
