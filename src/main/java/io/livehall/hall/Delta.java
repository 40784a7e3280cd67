package io.livehall.hall;

import io.livehall.domain.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a view came from one page to a later one. All of it is absolute: applying it twice is
 * harmless.
 *
 * @param prev the place in the log of the page before
 * @param seq the place of the page after
 * @param total how many rooms the whole view has after it
 * @param up the rooms that are new to the view or have another version, in the order of the view
 * @param gone the rooms that the view showed and shows no more
 * @param order the rooms of the view; null if they are the same in the same order
 */
public record Delta(
    long prev,
    long seq,
    int total,
    List<ListedRoom> up,
    List<Gone> gone,
    @Nullable List<RoomId> order) {

  /** Left: it is interrupted, has other tags, or stands too far down now. */
  public enum Why {
    CLOSED,
    LEFT
  }

  /** A room that is not in the view any more. */
  public record Gone(RoomId id, Why why) {}

  /** Both must be pages of one view and one log: the positions name no epoch here. */
  public static Delta between(Page before, Page after, Predicate<RoomId> isClosed) {
    if (!before.at().epoch().equals(after.at().epoch())) {
      throw new IllegalArgumentException("pages of two logs: " + before.at() + ", " + after.at());
    }
    var versionById = new LinkedHashMap<RoomId, Long>();
    before.rooms().forEach(room -> versionById.put(room.id(), room.version()));
    var up = new ArrayList<ListedRoom>();
    for (var room : after.rooms()) {
      Long version = versionById.remove(room.id());
      if (version == null || version != room.version()) {
        up.add(room);
      }
    }
    // Those that the page after has too are out of the map by now.
    var gone = versionById.keySet().stream().map(id -> gone(id, isClosed)).toList();
    var order = ids(after);
    return new Delta(
        before.at().seq(),
        after.at().seq(),
        after.total(),
        List.copyOf(up),
        gone,
        order.equals(ids(before)) ? null : order);
  }

  /** Whether there is anything to tell beside the position. */
  public boolean changes(Page before) {
    return !up.isEmpty() || !gone.isEmpty() || order != null || total != before.total();
  }

  private static Gone gone(RoomId id, Predicate<RoomId> isClosed) {
    return new Gone(id, isClosed.test(id) ? Why.CLOSED : Why.LEFT);
  }

  private static List<RoomId> ids(Page page) {
    return page.rooms().stream().map(ListedRoom::id).toList();
  }
}
