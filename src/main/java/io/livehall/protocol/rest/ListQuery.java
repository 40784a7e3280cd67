package io.livehall.protocol.rest;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.hall.Cursor;
import io.livehall.hall.PageQuery;
import io.livehall.hall.Sort;
import io.livehall.protocol.Faults;
import io.livehall.protocol.TextRule;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code ?sort=newest|hot&tag=&limit=20&cursor=}; an empty tag or cursor is none. */
final class ListQuery {
  private static final int LIMIT = 20;
  private static final int LIMIT_MAX = 100;
  private static final Set<String> KNOWN = Set.of("sort", "tag", "limit", "cursor");

  private ListQuery() {}

  static PageQuery parse(String query) {
    var faults = new Faults();
    Map<String, String> values = values(query, faults);
    Sort sort = sort(values.get("sort"), faults);
    String tag = tag(values.get("tag"), faults);
    int limit = limit(values.get("limit"), faults);
    Cursor after = cursor(values.get("cursor"), faults);
    faults.done();
    return new PageQuery(sort, tag, limit, after);
  }

  private static Map<String, String> values(String query, Faults faults) {
    var values = new LinkedHashMap<String, String>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int is = part.indexOf('=');
      String name = decoded(is < 0 ? part : part.substring(0, is));
      String value = is < 0 ? "" : decoded(part.substring(is + 1));
      if (!KNOWN.contains(name)) {
        faults.refuse(name, "is not known");
      } else if (values.put(name, value) != null) {
        faults.refuse(name, "is there twice");
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new LiveException(ErrorCode.INVALID, "The query is not percent-encoded as it must be.");
    }
  }

  private static Sort sort(@Nullable String text, Faults faults) {
    if (text == null || text.equals("newest")) {
      return Sort.NEWEST;
    }
    if (!text.equals("hot")) {
      faults.refuse("sort", "must be newest or hot");
    }
    return Sort.HOT;
  }

  private static @Nullable String tag(@Nullable String text, Faults faults) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String complaint = TextRule.TAG.complaint(text);
    if (complaint != null) {
      faults.refuse("tag", complaint);
    }
    return text;
  }

  private static int limit(@Nullable String text, Faults faults) {
    if (text == null) {
      return LIMIT;
    }
    boolean isShort = !text.isEmpty() && text.length() <= 3;
    boolean isNumber = isShort && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int limit = isNumber ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > LIMIT_MAX) {
      faults.refuse("limit", "must be a whole number from 1 to " + LIMIT_MAX);
    }
    return limit;
  }

  private static @Nullable Cursor cursor(@Nullable String text, Faults faults) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Cursor.parse(text);
    } catch (LiveException refused) {
      refused.fields().forEach(fault -> faults.refuse(fault.field(), fault.message()));
      return null;
    }
  }
}
