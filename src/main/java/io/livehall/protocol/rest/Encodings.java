package io.livehall.protocol.rest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code Accept-Encoding}. */
final class Encodings {
  private Encodings() {}

  static boolean takesGzip(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    if (accepted.equals("gzip")) {
      return true;
    }
    Boolean any = null;
    for (String part : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      int end = part.indexOf(';');
      String coding = (end < 0 ? part : part.substring(0, end)).strip();
      boolean isWanted = end < 0 || weight(part.substring(end + 1)) > 0;
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return isWanted;
      }
      if (coding.equals("*")) {
        any = isWanted;
      }
    }
    return Boolean.TRUE.equals(any);
  }

  /** {@code q=0.5}; what is not understood is 0, since sending it plain is always right. */
  private static double weight(String parameter) {
    String text = parameter.replace(" ", "");
    try {
      return text.startsWith("q=") ? Double.parseDouble(text.substring(2)) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
