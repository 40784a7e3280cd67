package io.livehall.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules that the records of the tree hold their components to. */
final class Check {
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";
  private static final String NAME = LABEL + "(\\." + LABEL + ")*";
  private static final String IPV6 = "\\[[0-9a-fA-F:.]+\\]";
  private static final String ANY_HOST = "(" + NAME + "|" + IPV6 + ")";

  /** 1 to 65535. */
  static final String PORT =
      "(?=[1-9])(6553[0-5]|655[0-2]\\d|65[0-4]\\d{2}|6[0-4]\\d{3}|[1-5]?\\d{1,4})";

  private static final Pattern HOST = Pattern.compile(NAME + "|[0-9a-fA-F.]*:[0-9a-fA-F:.]+");
  private static final Pattern DOMAIN = Pattern.compile(NAME);
  private static final Pattern MEMBER = Pattern.compile(ANY_HOST + ":" + PORT);
  private static final String ADDRESS = "://" + ANY_HOST + "(:" + PORT + ")?(/[!-~&&[^?#\"<>]]*)?";

  private Check() {}

  static void within(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new BadValue(key, value + " is out of range; use " + min + " to " + max);
    }
  }

  /** Of a number that says how probable something is. */
  static void probability(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new BadValue(key, value + " is out of range; use 0.0 (never) to 1.0 (always)");
    }
  }

  static void within(String key, Duration value, String min, String max) {
    if (value.compareTo(ConfigText.duration(min)) < 0
        || value.compareTo(ConfigText.duration(max)) > 0) {
      String shown = ConfigText.of(value);
      throw new BadValue(key, shown + " is out of range; use " + min + " to " + max);
    }
  }

  static void port(String key, int value) {
    if (value < 0 || value > 65535) {
      throw new BadValue(key, value + " is out of range; use 1 to 65535, or 0 for any free port");
    }
  }

  static void host(String key, String value) {
    matches(key, value, HOST, "a host name or an IP address, such as 0.0.0.0");
  }

  static void domain(String key, @Nullable String value) {
    matches(key, value, DOMAIN, "a host name without scheme and port, such as push.example.com");
  }

  static void url(String key, @Nullable String value, String schemes, String example) {
    matches(key, value, Pattern.compile("(" + schemes + ")" + ADDRESS), "a URL such as " + example);
  }

  /** An absent value is no error here: the binder knows which components may be absent. */
  static void matches(String key, @Nullable String value, Pattern form, String wanted) {
    if (value != null && !form.matcher(value).matches()) {
      String found = value.isEmpty() ? "is empty" : ConfigText.quoted(value) + " is not accepted";
      throw new BadValue(key, found + "; use " + wanted);
    }
  }

  static void members(String key, List<String> members) {
    members.forEach(member -> matches(key, member, MEMBER, "HOST:PORT, such as 10.0.0.1:5701"));
  }

  static void longEnough(String key, Secret secret, int min) {
    if (secret.reveal().length() < min) {
      throw new BadValue(key, "the secret is too short; use at least " + min + " characters");
    }
  }
}
