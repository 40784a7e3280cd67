package io.livehall.protocol.rest;

import io.livehall.hall.Cursor;
import io.livehall.hall.PageQuery;
import io.livehall.hall.Sort;
import io.livehall.protocol.TextRule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code ?sort=newest|hot&tag=&limit=20&cursor=}; an empty tag or cursor is none. */
final class ListQuery {
  private static final Set<String> KNOWN = Set.of("sort", "tag", "limit", "cursor");

  private ListQuery() {}

  static PageQuery parse(String text) {
    Query query = Query.of(text, KNOWN);
    Sort sort = sort(query);
    String tag = tag(query);
    int limit = query.limit();
    Cursor after = query.cursor(Cursor::parse);
    query.done();
    return new PageQuery(sort, tag, limit, after);
  }

  private static Sort sort(Query query) {
    String text = query.text("sort");
    if (text == null || text.equals("newest")) {
      return Sort.NEWEST;
    }
    if (!text.equals("hot")) {
      query.refuse("sort", "must be newest or hot");
    }
    return Sort.HOT;
  }

  private static @Nullable String tag(Query query) {
    String text = query.filled("tag");
    String complaint = text == null ? null : TextRule.TAG.complaint(text);
    if (complaint != null) {
      query.refuse("tag", complaint);
    }
    return text;
  }
}
