package io.livehall.protocol.rest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as they are sent: always with milliseconds, so that they sort as text. */
final class Times {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  static String text(Instant at) {
    return ISO.format(at);
  }

  static @Nullable String textOrNull(@Nullable Instant at) {
    return at == null ? null : ISO.format(at);
  }
}
