package io.livehall.protocol.rest;

import io.livehall.domain.LiveException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a page of viewers ended: the number of the entry that was looked at last. Numbers only
 * grow, so the next page neither repeats nor skips a viewer while others come and go.
 *
 * <p>Text form: base64url of {@code number:8 check:4}, which are sixteen characters.
 */
record ViewersCursor(long number) {
  private static final int TEXT_LENGTH = 16;

  /** Reads what {@link #text} wrote, and refuses everything else. */
  static ViewersCursor parse(String text) {
    if (text.length() == TEXT_LENGTH) {
      try {
        long number = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)).getLong();
        var cursor = new ViewersCursor(number);
        // Writing it again checks all at once.
        if (number > 0 && cursor.text().equals(text)) {
          return cursor;
        }
      } catch (IllegalArgumentException e) {
        // Not base64: refused below, like every other garbage.
      }
    }
    throw LiveException.invalid("cursor", "is not one that this server gave");
  }

  String text() {
    var out = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(number);
    var crc = new CRC32();
    crc.update(out.array(), 0, Long.BYTES);
    out.putInt((int) crc.getValue());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
  }
}
