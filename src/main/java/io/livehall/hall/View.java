package io.livehall.hall;

import io.livehall.domain.LiveException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at: the first rooms of one order, all of them or those with a tag. Everyone with
 * the same view is on the same channel, and gets the same bytes.
 *
 * @param tag only rooms with this tag; null for all
 * @param limit how many rooms at most
 */
public record View(Sort sort, @Nullable String tag, int limit) {
  public static final int LIMIT_MAX = 100;

  public View {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw LiveException.invalid("limit", "must be from 1 to " + LIMIT_MAX);
    }
  }

  /** {@code hall:newest:20}, with a tag {@code hall:newest:20:music}. */
  public String channel() {
    var channel = "hall:" + sort.name().toLowerCase(Locale.ROOT) + ':' + limit;
    // The tag stands last, so that it may hold anything, also colons.
    return tag == null ? channel : channel + ':' + tag;
  }

  /** The first page. */
  public Page of(Hall hall) {
    return hall.page(new PageQuery(sort, tag, limit, null));
  }

  boolean shows(ListedRoom room) {
    return tag == null || room.tags().contains(tag);
  }
}
