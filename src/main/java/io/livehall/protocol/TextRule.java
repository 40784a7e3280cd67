package io.livehall.protocol;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a text of the input must be. Lengths count code points, so that a limit means the same in
 * every language.
 *
 * @param form null for any text
 * @param wanted what the form asks for, in words
 * @param isTrimmed the spaces around it do not count, and are taken off
 */
public record TextRule(int min, int max, @Nullable Pattern form, String wanted, boolean isTrimmed) {
  public static final TextRule TITLE = words(1, 120);
  public static final TextRule LOCATION = words(0, 128);
  public static final TextRule NAME = words(1, 64);
  public static final TextRule PASSWORD = new TextRule(8, 128, null, "", false);
  public static final TextRule REFRESH_TOKEN = new TextRule(1, 512, null, "", false);
  public static final TextRule USER_ID =
      formed(64, "[A-Za-z0-9_.@-]+", "must be made of A-Z a-z 0-9 _ - . @");
  public static final TextRule TAG =
      formed(32, "[0-9_\\-\\p{L}]+", "must be made of letters, digits, _ and -");

  /** Looser than RFC 3986, as addresses of pictures in the wild are. */
  public static final TextRule HTTP_URL =
      formed(
          1024,
          "(?i:https?)://[^\\s/?#@\\\\\"<>]+([/?#][^\\s\\\\\"<>]*)?",
          "must be an absolute http or https address");

  private static TextRule words(int min, int max) {
    return new TextRule(min, max, null, "", true);
  }

  private static TextRule formed(int max, String form, String wanted) {
    return new TextRule(1, max, Pattern.compile(form), wanted, false);
  }

  /** A line end around a text is no space: like every control character, it stays to be refused. */
  public String prepared(String text) {
    boolean isPlain = text.codePoints().noneMatch(Character::isISOControl);
    return isTrimmed && isPlain ? text.strip() : text;
  }

  /** What is wrong with it; null if nothing is. */
  public @Nullable String complaint(String text) {
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      return min == 0
          ? "must have at most " + max + " characters"
          : "must have " + min + " to " + max + " characters";
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      return "must not have control characters";
    }
    if (text.codePoints().anyMatch(Faults::isLoneSurrogate)) {
      return "has half a character, which is no text";
    }
    return form == null || form.matcher(text).matches() ? null : wanted;
  }
}
