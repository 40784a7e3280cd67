package io.livehall.hall;

import io.livehall.domain.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rooms of a view, in its order.
 *
 * @param next where the following page begins; null on the last
 * @param total how many rooms the whole view has
 * @param at the place in the log at which this was so
 */
public record Page(List<ListedRoom> rooms, @Nullable Cursor next, int total, Position at) {
  /** The mark by which a client checks that it shows the same rooms. */
  public String hash() {
    return HallHash.of(rooms);
  }

  /**
   * The same rooms in the same order at the same position, with the counters as they are now: of
   * those that the hall has at the same version. This page itself if no counter differs.
   */
  public Page counted(Hall hall) {
    var counted = new ArrayList<ListedRoom>(rooms.size());
    boolean isSame = true;
    for (var room : rooms) {
      var now = hall.find(room.id());
      boolean isCountedAnew = now != null && isCountedAnew(room, now);
      counted.add(isCountedAnew ? now : room);
      isSame &= !isCountedAnew;
    }
    return isSame ? this : new Page(Collections.unmodifiableList(counted), next, total, at);
  }

  private static boolean isCountedAnew(ListedRoom room, ListedRoom now) {
    return now.version() == room.version()
        && (now.viewers() != room.viewers() || now.likes() != room.likes());
  }
}
