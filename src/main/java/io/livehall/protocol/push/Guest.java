package io.livehall.protocol.push;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.service.Attendance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one user does in rooms through one socket: where he is a viewer, and what he likes. Belongs
 * to the socket's loop.
 */
final class Guest {
  private final PushSocket socket;
  private final PushLoop loop;
  private final UserId user;
  private final Attendance attendance;
  private final Applause applause;
  private final Map<RoomId, Stay> stayByRoom = new HashMap<>();

  /**
   * A room in which he is a viewer, or is on his way in or out. One of these ways is gone at a
   * time; at its end it shows whether he wants something else by now.
   */
  private static final class Stay {
    private final RoomId room;
    private Viewer viewer;
    private boolean isWanted;
    private boolean isIn;
    private boolean isBusy;

    /** Where he hears of the room's end. */
    private @Nullable Seat seat;

    private Stay(RoomId room, Viewer viewer) {
      this.room = room;
      this.viewer = viewer;
    }
  }

  Guest(PushSocket socket, PushLoop loop, UserId user) {
    this.socket = socket;
    this.loop = loop;
    this.user = user;
    this.attendance = loop.reception().counts().attendance();
    this.applause = new Applause(socket, loop, user);
  }

  boolean is(UserId other) {
    return user.equals(other);
  }

  void like(RoomId room, int count) {
    applause.like(room, count);
  }

  /** To enter twice is to be in the room once. */
  void enter(ClientFrame.Enter enter) {
    RoomId room = enter.room();
    Viewer viewer = new Viewer(user, enter.name(), enter.avatarUrl());
    Stay known = stayByRoom.get(room);
    if ((known == null || !known.isWanted) && wanted() >= Limits.ENTER) {
      String message = "At most " + Limits.ENTER + " rooms at a time; leave one first.";
      refuse(new LiveException(ErrorCode.RATE_LIMITED, message), room);
      return;
    }
    Stay stay = known == null ? new Stay(room, viewer) : known;
    stayByRoom.put(room, stay);
    stay.viewer = viewer;
    stay.isWanted = true;
    if (stay.seat != null && !stay.seat.isAsking) {
      socket.say(Frames.entered(room), "entered");
    } else {
      settle(stay);
    }
  }

  /** To leave a room in which one is not changes nothing. */
  void leave(RoomId room) {
    Stay stay = stayByRoom.get(room);
    if (stay != null) {
      stay.isWanted = false;
      settle(stay);
    }
  }

  boolean holds(Seat seat) {
    Stay stay = stayByRoom.get((RoomId) seat.row.what());
    return stay != null && stay.seat == seat;
  }

  /** The room is over, and he was told, or is told now: nobody is in it any more. */
  void over(RoomId room) {
    Stay stay = stayByRoom.get(room);
    if (stay == null) {
      return;
    }
    stay.isWanted = false;
    if (!stay.isBusy) {
      stayByRoom.remove(room);
      giveUp(stay);
      attendance.over(room, user);
    }
  }

  /** The socket is closed, or somebody else speaks there. What he has liked is still counted. */
  void end() {
    List.copyOf(stayByRoom.keySet()).forEach(this::leave);
  }

  private long wanted() {
    return stayByRoom.values().stream().filter(stay -> stay.isWanted).count();
  }

  private void settle(Stay stay) {
    if (stay.isBusy) {
      return;
    }
    if (stay.isWanted && !stay.isIn) {
      stay.isBusy = true;
      loop.ask(
          () -> attendance.enter(stay.room, stay.viewer),
          in -> entered(stay),
          refused -> refused(stay, refused));
    } else if (!stay.isWanted && stay.isIn) {
      stay.isBusy = true;
      giveUp(stay);
      loop.ask(() -> attendance.leave(stay.room, user), out -> left(stay), unknown -> left(stay));
    } else if (!stay.isIn) {
      stayByRoom.remove(stay.room);
    }
  }

  /** The answer comes from the desk: it may be that the room is over by now. */
  private void entered(Stay stay) {
    stay.isBusy = false;
    stay.isIn = true;
    if (stay.isWanted) {
      Seat seat = loop.seat(socket, stay.room, Seat.Kind.VIEWER);
      stay.seat = seat;
      loop.join(seat, null);
    }
    settle(stay);
  }

  private void refused(Stay stay, LiveException refused) {
    stay.isBusy = false;
    if (stay.isWanted) {
      stay.isWanted = false;
      refuse(refused, stay.room);
    }
    settle(stay);
  }

  /** Where that failed his lease runs out. */
  private void left(Stay stay) {
    stay.isBusy = false;
    stay.isIn = false;
    settle(stay);
  }

  private void giveUp(Stay stay) {
    Seat seat = stay.seat;
    stay.seat = null;
    if (seat != null) {
      loop.leave(seat);
    }
  }

  private void refuse(LiveException refused, RoomId room) {
    socket.say(Frames.error(Refusal.ofRoom(refused, room)), "error");
  }
}
