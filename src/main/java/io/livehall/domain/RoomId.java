package io.livehall.domain;

import java.io.Serializable;
import java.security.SecureRandom;

/** {@code r} and 15 of {@code [0-9a-z]}: 75 random bits, safe in a URL and in a stream name. */
public record RoomId(String value) implements Serializable, Comparable<RoomId> {
  private static final int LENGTH = 16;

  /** 32 of them, without those that people take for another. */
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final SecureRandom RANDOM = new SecureRandom();

  public RoomId {
    if (!isForm(value)) {
      throw new LiveException(ErrorCode.ROOM_NOT_FOUND, "There is no room with this id.");
    }
  }

  public static RoomId random() {
    byte[] bits = new byte[LENGTH - 1];
    RANDOM.nextBytes(bits);
    var id = new StringBuilder(LENGTH).append('r');
    for (byte five : bits) {
      id.append(ALPHABET.charAt(five & 31));
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

  /** Not a pattern: a hundred thousand ids are read at a start. */
  public static boolean isForm(String value) {
    if (value.length() != LENGTH || value.charAt(0) != 'r') {
      return false;
    }
    for (int i = 1; i < LENGTH; i++) {
      char c = value.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))) {
        return false;
      }
    }
    return true;
  }
}
