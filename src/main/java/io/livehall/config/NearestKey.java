package io.livehall.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The known key that somebody most likely meant. */
final class NearestKey {
  private static final List<ConfigKey> KEYS = ConfigKey.below(LiveConfig.class);

  private NearestKey() {}

  static ConfigKey to(String unknownPath) {
    String wanted = unknownPath.replaceAll("\\[\\d+\\]", "[]").toLowerCase(Locale.ROOT);
    return KEYS.stream()
        .min(Comparator.comparingInt(key -> distance(wanted, key.path().toLowerCase(Locale.ROOT))))
        .orElseThrow();
  }

  static ConfigKey toVariable(String name) {
    String wanted = name.substring(ConfigKey.PREFIX.length()).replace('_', '.');
    String lower = wanted.toLowerCase(Locale.ROOT);
    return KEYS.stream()
        .filter(ConfigKey::isSettable)
        .min(Comparator.comparingInt(key -> distance(lower, key.path().toLowerCase(Locale.ROOT))))
        .orElseThrow();
  }

  /** A right name in a wrong section is as near as one wrong letter. */
  private static int distance(String wanted, String known) {
    return Math.min(edits(wanted, known), edits(lastName(wanted), lastName(known)) + 1);
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swapped = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swapped, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
