package io.livehall.protocol.rest;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.protocol.Faults;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The query of a call for a page, read strictly: what nobody asked for is refused, and everything
 * that is wrong is told at once, with {@link #done}.
 */
final class Query {
  private static final int LIMIT = 20;
  private static final int LIMIT_MAX = 100;

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Faults faults = new Faults();

  private Query() {}

  /** Fails INVALID if it is no query; names that are not known are refused. */
  static Query of(String text, Set<String> known) {
    var query = new Query();
    for (String part : text.split("&", -1)) {
      if (!part.isEmpty()) {
        query.read(part, known);
      }
    }
    return query;
  }

  @Nullable String text(String name) {
    return values.get(name);
  }

  /** As {@link #text}, where nothing between = and & is as good as absence. */
  @Nullable String filled(String name) {
    String text = values.get(name);
    return text == null || text.isEmpty() ? null : text;
  }

  /** How many a page may have. */
  int limit() {
    String text = values.get("limit");
    if (text == null) {
      return LIMIT;
    }
    boolean isShort = !text.isEmpty() && text.length() <= 3;
    boolean isNumber = isShort && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int limit = isNumber ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > LIMIT_MAX) {
      refuse("limit", "must be a whole number from 1 to " + LIMIT_MAX);
    }
    return limit;
  }

  /** Where the page before ended; null for the first page. */
  <T> @Nullable T cursor(Function<String, T> parse) {
    String text = filled("cursor");
    if (text == null) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (LiveException refused) {
      refused.fields().forEach(fault -> refuse(fault.field(), fault.message()));
      return null;
    }
  }

  void refuse(String name, String message) {
    faults.refuse(name, message);
  }

  /** Fails INVALID if anything was refused. */
  void done() {
    faults.done();
  }

  private void read(String part, Set<String> known) {
    int is = part.indexOf('=');
    String name = decoded(is < 0 ? part : part.substring(0, is));
    String value = is < 0 ? "" : decoded(part.substring(is + 1));
    if (!known.contains(name)) {
      refuse(name, "is not known");
    } else if (values.put(name, value) != null) {
      refuse(name, "is there twice");
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new LiveException(ErrorCode.INVALID, "The query is not percent-encoded as it must be.");
    }
  }
}
