package io.livehall.protocol.push;

import io.livehall.hall.ListedRoom;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/**
 * What the desk tells one client: written, or left out while he reads too slowly, and then made
 * good. Belongs to the socket's loop.
 */
final class Delivery {
  private final PushSocket socket;
  private final Session session;
  private final PushFigures figures;

  Delivery(PushSocket socket, Session session, PushFigures figures) {
    this.socket = socket;
    this.session = session;
    this.figures = figures;
  }

  /** Whether it was written; who reads too slowly is left out where the sum can be told later. */
  boolean tell(Seat seat, Telling telling) {
    if (socket.isClosing()) {
      return false;
    }
    if (telling.kind().isConflated() && (seat.isBehind || !socket.isRead())) {
      seat.isBehind = true;
      figures.count("push.skipped", telling.kind().text());
      return false;
    }
    return socket.send(telling.frame());
  }

  /** The desk's answer to one or more seats of this socket. */
  void answer(List<Seat> seats, Telling telling) {
    boolean isWaited = false;
    boolean isRead = !telling.kind().isConflated() || socket.isRead();
    for (Seat seat : seats) {
      seat.row.answered();
      seat.isAsking = false;
      seat.isBehind = !isRead;
      if (!socket.isClosing() && session.holds(seat)) {
        isWaited = true;
        if (telling.kind() == Telling.Kind.CLOSED) {
          session.over(seat.row);
        } else {
          seat.row.seat(seat);
          session.answered(seat);
        }
      }
    }
    if (isWaited && isRead) {
      socket.say(telling.frame().retainedDuplicate(), telling.kind().text());
    }
  }

  void refuse(Seat seat, Refusal refusal) {
    seat.row.answered();
    seat.isAsking = false;
    if (session.holds(seat)) {
      session.drop(seat);
      socket.say(Frames.error(refusal), "error");
    }
  }

  /** What the row was for is over, and the client knows. */
  void end(Row row) {
    session.over(row);
  }

  void tellWatched(Map<Row, ListedRoom> moved) {
    List<ListedRoom> mine = session.watched().among(moved);
    if (!socket.isRead()) {
      session.watched().fallBehind(moved.keySet());
    } else if (!mine.isEmpty()) {
      socket.say(Frames.count(mine), "count");
    }
  }

  void sendAway(ByteBuf goaway) {
    if (session.isOpen()) {
      socket.say(goaway.retainedDuplicate(), "goaway");
    }
  }
}
