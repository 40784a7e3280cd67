package io.livehall.domain;

import java.io.Serializable;

/** Who somebody is, as the app names him: 1 to 64 of {@code A-Z a-z 0-9 _ - . @}. */
public record UserId(String value) implements Serializable {
  private static final int LENGTH_MAX = 64;

  public UserId {
    if (!isForm(value)) {
      throw new LiveException(
          ErrorCode.INVALID, "A user id has 1 to 64 of the characters A-Z a-z 0-9 _ - . @");
    }
  }

  public static boolean isForm(String value) {
    if (value.isEmpty() || value.length() > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean isAlphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!isAlphanumeric && "_.@-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
