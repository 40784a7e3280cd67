package io.livehall.hall;

import io.livehall.domain.Position;
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
}
