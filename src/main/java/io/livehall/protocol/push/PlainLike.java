package io.livehall.protocol.push;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.livehall.domain.RoomId;
import io.livehall.service.Likes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A like as most apps write it: {@code {"t":"like","room":"r4k7m2p9x1c5v8b3","n":3}}, or without
 * {@code n}. These come by the hundred thousand, and are read without making anything else of them.
 */
final class PlainLike {
  private static final byte[] BEGIN = "{\"t\":\"like\",\"room\":\"".getBytes(ISO_8859_1);
  private static final byte[] COUNT = "\",\"n\":".getBytes(ISO_8859_1);
  private static final byte[] END = "\"}".getBytes(ISO_8859_1);
  private static final int ROOM_LENGTH = 16;
  private static final int ROOM_END = BEGIN.length + ROOM_LENGTH;

  private PlainLike() {}

  /** Null where it is written in any other way, or is wrong: then it is read as all others are. */
  static ClientFrame.@Nullable Like read(byte[] text) {
    if (!has(text, 0, BEGIN) || text.length < ROOM_END + END.length) {
      return null;
    }
    String room = new String(text, BEGIN.length, ROOM_LENGTH, ISO_8859_1);
    int count = has(text, ROOM_END, END) ? one(text) : count(text);
    return count == 0 || !RoomId.isForm(room)
        ? null
        : new ClientFrame.Like(new RoomId(room), count);
  }

  private static int one(byte[] text) {
    return text.length == ROOM_END + END.length ? 1 : 0;
  }

  /** 0 if it is none. */
  private static int count(byte[] text) {
    int last = text.length - 1;
    int begin = ROOM_END + COUNT.length;
    boolean isNumber = last - begin == 1 || last - begin == 2;
    if (!isNumber || !has(text, ROOM_END, COUNT) || text[last] != '}' || text[begin] == '0') {
      return 0;
    }
    int count = 0;
    for (int i = begin; i < last; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return 0;
      }
      count = 10 * count + text[i] - '0';
    }
    return count <= Likes.COUNT_MAX ? count : 0;
  }

  private static boolean has(byte[] text, int at, byte[] part) {
    int end = at + part.length;
    return text.length >= end && Arrays.equals(text, at, end, part, 0, part.length);
  }
}
