package io.livehall.protocol.push;

import io.livehall.domain.RoomId;
import io.livehall.hall.ListedRoom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rooms that one client shows without a channel. Belongs to the socket's loop. */
final class Watched {
  private final PushSocket socket;
  private final PushLoop loop;
  private List<Seat> seats = List.of();

  Watched(PushSocket socket, PushLoop loop) {
    this.socket = socket;
    this.loop = loop;
  }

  List<Seat> seats() {
    return seats;
  }

  /** In place of those before; of the rooms that stay nothing is told anew but their counters. */
  void watch(List<RoomId> rooms) {
    Set<Object> wanted = new HashSet<>(rooms);
    List<Seat> kept = new ArrayList<>();
    for (Seat seat : seats) {
      if (wanted.remove(seat.row.what())) {
        kept.add(seat);
      } else {
        loop.leave(seat);
      }
    }
    for (Object room : wanted) {
      kept.add(loop.seat(socket, room, Seat.Kind.WATCH));
    }
    seats = List.copyOf(kept);
    loop.watch(socket, seats.stream().filter(seat -> !seat.isAsking).toList());
  }

  /** The client reads again, and has missed something. */
  void catchUp() {
    List<Seat> behind = seats.stream().filter(seat -> seat.isBehind && !seat.isAsking).toList();
    if (!behind.isEmpty()) {
      loop.watch(socket, behind);
    }
  }

  List<ListedRoom> among(Map<Row, ListedRoom> moved) {
    List<ListedRoom> mine = new ArrayList<>();
    for (Seat seat : seats) {
      ListedRoom room = moved.get(seat.row);
      if (room != null) {
        mine.add(room);
      }
    }
    return mine;
  }

  /** Their counters were not told, and will not be again until they move. */
  void fallBehind(Set<Row> rows) {
    seats.stream().filter(seat -> rows.contains(seat.row)).forEach(seat -> seat.isBehind = true);
  }

  void drop(Seat seat) {
    seats = seats.stream().filter(other -> other != seat).toList();
  }

  void end() {
    List<Seat> all = seats;
    seats = List.of();
    all.forEach(loop::leave);
  }
}
