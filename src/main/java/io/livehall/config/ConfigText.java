package io.livehall.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How values are written: durations, enums, and foreign text inside a line of ours. */
final class ConfigText {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,10})(ms|s|m|h|d)");
  private static final int SHOWN_MAX = 60;

  private ConfigText() {}

  static Duration duration(String text) {
    var matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(quoted(text) + " is not a duration");
    }
    return unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> throw new IllegalArgumentException(name + " is not a unit of time");
    };
  }

  /** In the largest unit that loses nothing. */
  static String of(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    long millis = duration.toMillis();
    for (String unit : List.of("d", "h", "m", "s")) {
      if (millis % unit(unit).toMillis() == 0) {
        return millis / unit(unit).toMillis() + unit;
      }
    }
    return millis + "ms";
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static String quoted(Object value) {
    String text = oneLine(String.valueOf(value));
    return '"' + (text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text) + '"';
  }

  /** Without anything that could break the line or disturb the terminal it is printed on. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
