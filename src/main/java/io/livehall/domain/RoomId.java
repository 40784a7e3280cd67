package io.livehall.domain;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * {@code r} and 15 characters of {@code [0-9a-z]}: 77 random bits, safe in a URL and in a stream
 * name.
 */
public record RoomId(String value) implements Serializable, Comparable<RoomId> {
  private static final Pattern FORM = Pattern.compile("r[0-9a-z]{15}");
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  public RoomId {
    if (!FORM.matcher(value).matches()) {
      throw new LiveException(ErrorCode.ROOM_NOT_FOUND, "There is no room with this id.");
    }
  }

  public static RoomId random() {
    var id = new StringBuilder(16).append('r');
    for (int i = 0; i < 15; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return new RoomId(id.toString());
  }

  @Override
  public int compareTo(RoomId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
