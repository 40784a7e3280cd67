package io.livehall.protocol.push;

import java.util.ArrayList;
import java.util.List;

/**
 * Those of one event loop who look at the same thing, a view or a room. The desk knows the rows,
 * and only the loop knows who sits in them.
 */
final class Row {
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

  List<Seat> seats() {
    return seats;
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
