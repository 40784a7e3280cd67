package io.livehall.domain;

import java.io.Serializable;
import java.util.regex.Pattern;

/** Who somebody is, as the app names him: 1 to 64 of {@code A-Z a-z 0-9 _ - . @}. */
public record UserId(String value) implements Serializable {
  public static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

  public UserId {
    if (!FORM.matcher(value).matches()) {
      throw new LiveException(
          ErrorCode.INVALID, "A user id has 1 to 64 of the characters A-Z a-z 0-9 _ - . @");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
