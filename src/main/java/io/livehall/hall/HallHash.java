package io.livehall.hall;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;
import java.util.zip.CRC32;

/** CRC-32 over {@code id:version\n} of rooms in their order, as 8 hex digits. */
public final class HallHash {
  private HallHash() {}

  public static String of(Iterable<ListedRoom> rooms) {
    var crc = new CRC32();
    for (var room : rooms) {
      crc.update((room.id().value() + ':' + room.version() + '\n').getBytes(US_ASCII));
    }
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
