package io.livehall.protocol;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.LiveException.FieldError;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one request, collected until all of it was looked at. */
public final class Faults {
  private static final int ERRORS_MAX = 20;
  private static final int SHOWN_MAX = 64;

  private final List<FieldError> errors = new ArrayList<>();

  public void refuse(String field, String message) {
    if (errors.size() < ERRORS_MAX) {
      errors.add(new FieldError(shown(field), message));
    }
  }

  public boolean isGood() {
    return errors.isEmpty();
  }

  /** Fails INVALID if anything was refused. */
  public void done() {
    if (isGood()) {
      return;
    }
    FieldError first = errors.get(0);
    String detail =
        errors.size() == 1
            ? first.field() + " " + first.message() + "."
            : "The request has fields that cannot be accepted.";
    throw new LiveException(ErrorCode.INVALID, detail, errors, null);
  }

  /** A stranger's words, fit for a log line or an error: short, and without control characters. */
  public static String shown(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN_MAX)
        .map(c -> Character.isISOControl(c) || isLoneSurrogate(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown.length() < text.length() ? shown.append('…').toString() : shown.toString();
  }

  /** Half a character: it cannot be written in UTF-8. */
  public static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
