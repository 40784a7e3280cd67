package io.livehall.hall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the sort key of its last room, not an offset and not the room itself. So the
 * next page neither repeats nor skips a room while others come and go, even if that one is gone.
 *
 * <p>Text form: base64url of {@code kind:1 [tagMark:4] [heat:8] liveAt:8 id:15 check:4}; kind bit 0
 * is the hot order (only then is there a heat), bit 1 says that there is a tag.
 */
public record Cursor(View view, long heat, long liveAt, RoomId id) implements Ranked {
  private static final int HOT = 1;
  private static final int TAGGED = 2;
  private static final int BYTES_MAX = 40;
  private static final int TEXT_MAX = 54;
  private static final int ID_TAIL = 15;

  /** What a cursor is bound to. Of the tag only the CRC-32: a long tag makes no longer cursor. */
  public record View(Sort sort, boolean tagged, int tagMark) {
    static View of(Sort sort, @Nullable String tag) {
      return tag == null ? new View(sort, false, 0) : new View(sort, true, mark(tag));
    }

    private static int mark(String tag) {
      byte[] bytes = tag.getBytes(UTF_8);
      return crc(bytes, bytes.length);
    }
  }

  static Cursor after(ListedRoom last, Sort sort, @Nullable String tag) {
    long heat = sort == Sort.HOT ? last.heat() : 0;
    return new Cursor(View.of(sort, tag), heat, last.liveAt(), last.id());
  }

  /** Reads what {@link #text} wrote, and refuses everything else. */
  public static Cursor parse(String text) {
    if (text.length() > TEXT_MAX) {
      throw garbage();
    }
    try {
      var cursor = read(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)));
      // Writing it again checks all at once: length, check sum, unknown bits, padding.
      if (cursor.text().equals(text)) {
        return cursor;
      }
    } catch (IllegalArgumentException | BufferUnderflowException | LiveException e) {
      // Not base64, too short, or no room id: refused below, like every other garbage.
    }
    throw garbage();
  }

  public String text() {
    var out = ByteBuffer.allocate(BYTES_MAX + Integer.BYTES);
    boolean hot = view.sort == Sort.HOT;
    out.put((byte) ((hot ? HOT : 0) | (view.tagged ? TAGGED : 0)));
    if (view.tagged) {
      out.putInt(view.tagMark);
    }
    if (hot) {
      out.putLong(heat);
    }
    out.putLong(liveAt).put(id.value().substring(1).getBytes(ISO_8859_1));
    out.putInt(crc(out.array(), out.position()));
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  void requireOf(Sort sort, @Nullable String tag) {
    if (!view.equals(View.of(sort, tag))) {
      throw LiveException.invalid("cursor", "belongs to a list of another sort or tag");
    }
  }

  private static Cursor read(ByteBuffer in) {
    int kind = in.get();
    var sort = (kind & HOT) != 0 ? Sort.HOT : Sort.NEWEST;
    boolean tagged = (kind & TAGGED) != 0;
    var view = new View(sort, tagged, tagged ? in.getInt() : 0);
    long heat = sort == Sort.HOT ? in.getLong() : 0;
    long liveAt = in.getLong();
    byte[] idTail = new byte[ID_TAIL];
    in.get(idTail);
    return new Cursor(view, heat, liveAt, new RoomId('r' + new String(idTail, ISO_8859_1)));
  }

  private static LiveException garbage() {
    return LiveException.invalid("cursor", "is not one that this server gave");
  }

  private static int crc(byte[] bytes, int length) {
    var crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
