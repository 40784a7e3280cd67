package io.livehall.hall;

import io.livehall.domain.LiveException;
import org.jspecify.annotations.Nullable;

/**
 * A page as it is asked for.
 *
 * @param tag only rooms with this tag; null for all
 * @param limit how many rooms at most
 * @param after where the page before ended; null for the first
 */
public record PageQuery(Sort sort, @Nullable String tag, int limit, @Nullable Cursor after) {
  public PageQuery {
    if (limit < 1) {
      throw LiveException.invalid("limit", "must be at least 1");
    }
    if (after != null) {
      after.requireOf(sort, tag);
    }
  }
}
