package io.livehall.protocol;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times as they are sent: always with milliseconds, so that they sort as text. */
public final class Times {
  private Times() {}

  public static String text(Instant at) {
    var time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
    var text = new StringBuilder(24);
    padded(text, time.getYear(), 1000).append('-');
    padded(text, time.getMonthValue(), 10).append('-');
    padded(text, time.getDayOfMonth(), 10).append('T');
    padded(text, time.getHour(), 10).append(':');
    padded(text, time.getMinute(), 10).append(':');
    padded(text, time.getSecond(), 10).append('.');
    return padded(text, time.getNano() / 1_000_000, 100).append('Z').toString();
  }

  public static @Nullable String textOrNull(@Nullable Instant at) {
    return at == null ? null : text(at);
  }

  /** As many digits as {@code least} has. */
  private static StringBuilder padded(StringBuilder text, int number, int least) {
    for (int digit = least; digit > 1 && number < digit; digit /= 10) {
      text.append('0');
    }
    return text.append(number);
  }
}
