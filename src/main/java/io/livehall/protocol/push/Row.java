package io.livehall.protocol.push;

import java.util.ArrayList;
import java.util.List;

/**
 * Those of one event loop who look at the same thing, a view or a room. The desk knows the rows,
 * and only the loop knows who sits in them.
 */
final class Row {
  /** So many seats are looked at before they are written to; the bits of a long. */
  private static final int ABREAST = Long.SIZE;

  private final Object what;
  private final PushLoop loop;
  private final List<Seat> seats = new ArrayList<>(1);
  private int awaited;

  /**
   * @param what a {@link io.livehall.hall.View} or a {@link io.livehall.domain.RoomId}
   */
  Row(Object what, PushLoop loop) {
    this.what = what;
    this.loop = loop;
  }

  Object what() {
    return what;
  }

  PushLoop loop() {
    return loop;
  }

  /** Who sits here now. */
  List<Seat> seats() {
    return List.copyOf(seats);
  }

  /**
   * To how many it was written. The kernel leaves nothing of ours in the processor's caches, so
   * that each thing that is looked at between two writes is waited for; looked at together, many
   * are waited for at once.
   */
  int tell(Telling telling) {
    Seat[] all = seats.toArray(Seat[]::new);
    int written = 0;
    for (int from = 0; from < all.length; from += ABREAST) {
      int to = Math.min(from + ABREAST, all.length);
      long open = 0;
      for (int i = from; i < to; i++) {
        open |= all[i].isOpen() ? 1L << i : 0;
      }
      for (int i = from; i < to; i++) {
        written += all[i].tell(telling, (open & 1L << i) != 0) ? 1 : 0;
      }
    }
    return written;
  }

  /** Somebody asked the desk, and shall have a seat with its answer. */
  void await() {
    awaited++;
  }

  void answered() {
    awaited--;
  }

  boolean isEmpty() {
    return seats.isEmpty() && awaited == 0;
  }

  void seat(Seat seat) {
    if (seat.index < 0) {
      seat.index = seats.size();
      seats.add(seat);
    }
  }

  /** The last one moves to the free place: thousands may leave at once. */
  void unseat(Seat seat) {
    if (seat.index < 0) {
      return;
    }
    Seat last = seats.remove(seats.size() - 1);
    if (last != seat) {
      seats.set(seat.index, last);
      last.index = seat.index;
    }
    seat.index = -1;
  }
}
