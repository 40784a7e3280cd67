package io.livehall.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a store is. It holds a password as a rule, so it prints itself without one. */
public final class StoreUri {
  /**
   * Strict, so that no other reader of the same text can find a password where this one did not.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>[a-z]+)://((?<user>[^:@/?#\\s\\p{Cntrl}]*)(?<password>:[^@/?#\\s\\p{Cntrl}]*)?@)?"
              + "(?<rest>([A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+\\])(:"
              + Check.PORT
              + ")?(/[^?#@\\s\\p{Cntrl}]*)?)"
              + "(?<query>\\?[^#@\\s\\p{Cntrl}]*)?");

  private static final Pattern PLAIN_PARAMETER =
      Pattern.compile("(?i)(ssl_?mode|application_name|db|connect_timeout)=[A-Za-z0-9_.-]*");

  private final String value;

  public StoreUri(String value) {
    if (!FORM.matcher(value).matches()) {
      // The value is not shown: what is malformed may still hold a password.
      throw new IllegalArgumentException(
          "is not a store's URI; use SCHEME://USER:PASSWORD@HOST:PORT/DATABASE"
              + " with special characters percent-encoded");
    }
    this.value = value;
  }

  public String reveal() {
    return value;
  }

  public String scheme() {
    return value.substring(0, value.indexOf(':'));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoreUri that && new Secret(value).equals(new Secret(that.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    var matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      return Secret.MASK;
    }
    return scheme()
        + "://"
        + shownUser(matcher.group("user"), matcher.group("password"))
        + matcher.group("rest")
        + shownQuery(matcher.group("query"));
  }

  private static String shownUser(@Nullable String user, @Nullable String password) {
    if (user == null) {
      return "";
    }
    // Some clients take a lone word for the password.
    return password == null ? Secret.MASK + "@" : user + ":" + Secret.MASK + "@";
  }

  private static String shownQuery(@Nullable String query) {
    if (query == null) {
      return "";
    }
    var shown = new StringBuilder();
    for (String parameter : query.substring(1).split("&", -1)) {
      boolean plain = PLAIN_PARAMETER.matcher(parameter).matches();
      String name = parameter.contains("=") ? parameter.substring(0, parameter.indexOf('=')) : "";
      shown
          .append(shown.isEmpty() ? '?' : '&')
          .append(plain ? parameter : name + "=" + Secret.MASK);
    }
    return shown.toString();
  }
}
