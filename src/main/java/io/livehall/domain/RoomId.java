package io.livehall.domain;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * {@code r} and 15 of {@code [0-9a-z]}: 75 random bits, safe in a URL and in a stream name. Kept as
 * two numbers, eight characters each, which are in the order of the text: rooms are looked up by it
 * with every like.
 */
public record RoomId(long head, long tail) implements Serializable, Comparable<RoomId> {
  private static final int LENGTH = 16;

  /** 32 of them, without those that people take for another. */
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  /** An odd number with bits everywhere: characters alone would meet in few places of a map. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final SecureRandom RANDOM = new SecureRandom();

  public RoomId {
    boolean isRoom = head >>> Long.SIZE - Byte.SIZE == 'r';
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      isRoom &= isPart((char) (head >>> shift & 0xFF)) && isPart((char) (tail >>> shift & 0xFF));
    }
    if (!isRoom) {
      throw unknown();
    }
  }

  public RoomId(String value) {
    this(half(value, 0), half(value, Long.BYTES));
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

  public String value() {
    return text(head, tail);
  }

  @Override
  public int compareTo(RoomId other) {
    int byHead = Long.compare(head, other.head);
    return byHead != 0 ? byHead : Long.compare(tail, other.tail);
  }

  @Override
  public int hashCode() {
    return Long.hashCode((head * 31 + tail) * SPREAD);
  }

  @Override
  public String toString() {
    return value();
  }

  public static boolean isForm(String value) {
    if (value.length() != LENGTH || value.charAt(0) != 'r') {
      return false;
    }
    for (int i = 1; i < LENGTH; i++) {
      if (!isPart(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPart(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  }

  private static long half(String value, int from) {
    if (value.length() != LENGTH) {
      throw unknown();
    }
    long number = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      char c = value.charAt(i);
      number = number << Byte.SIZE | (c > Byte.MAX_VALUE ? 0 : c);
    }
    return number;
  }

  private static String text(long head, long tail) {
    byte[] text = ByteBuffer.allocate(LENGTH).putLong(head).putLong(tail).array();
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static LiveException unknown() {
    return new LiveException(ErrorCode.ROOM_NOT_FOUND, "There is no room with this id.");
  }
}
