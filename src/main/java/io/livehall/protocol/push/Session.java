package io.livehall.protocol.push;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.View;
import io.livehall.protocol.Caller;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one client has said: who he is, and what he looks at. */
final class Session {
  private final PushSocket socket;
  private final PushLoop loop;
  private final List<Seat> seats = new ArrayList<>(1);
  private final Watched watched;
  private @Nullable Caller caller;
  private @Nullable Guest guest;
  private boolean isOpen;

  Session(PushSocket socket, PushLoop loop) {
    this.socket = socket;
    this.loop = loop;
    this.watched = new Watched(socket, loop);
  }

  /** Whether he has said hello. */
  boolean isOpen() {
    return isOpen;
  }

  boolean isExpired() {
    return caller != null && Instant.now().isAfter(caller.until());
  }

  void hear(Buffer text) {
    try {
      act(FrameReader.read(text));
    } catch (LiveException refused) {
      // What is no frame at all comes from no client of ours; a wrong field is told, and no more.
      if (!isOpen || refused.fields().isEmpty() && refused.code() == ErrorCode.INVALID) {
        socket.refuse(Refusal.of(refused), CloseCode.of(refused.code()));
      } else {
        refuse(Refusal.of(refused));
      }
    }
  }

  boolean holds(Seat seat) {
    return switch (seat.kind) {
      case CHANNEL -> seats.contains(seat);
      case WATCH -> watched.seats().contains(seat);
      case VIEWER -> guest != null && guest.holds(seat);
    };
  }

  /** The desk has answered; who asked again is answered by all there is. */
  void answered(Seat seat) {
    if (seat.isAskedAgain) {
      seat.isAskedAgain = false;
      loop.join(seat, null);
    }
  }

  /** The seat is given up, from here or from there. */
  void drop(Seat seat) {
    if (seat.kind == Seat.Kind.CHANNEL) {
      seats.remove(seat);
    } else if (seat.kind == Seat.Kind.WATCH) {
      watched.drop(seat);
    } else if (guest != null) {
      guest.leave((RoomId) seat.row.what());
    }
    loop.leave(seat);
  }

  /** What he looked at is over, in whichever ways he did. */
  void over(Row row) {
    if (guest != null && row.what() instanceof RoomId room) {
      guest.over(room);
    }
    Stream.concat(seats.stream(), watched.seats().stream())
        .filter(seat -> seat.row == row)
        .toList()
        .forEach(this::drop);
  }

  /** The client reads again, and has missed something. */
  void catchUp() {
    for (Seat seat : seats) {
      if (seat.isBehind && !seat.isAsking) {
        loop.join(seat, null);
      }
    }
    watched.catchUp();
  }

  Watched watched() {
    return watched;
  }

  void end() {
    List<Seat> all = List.copyOf(seats);
    seats.clear();
    all.forEach(loop::leave);
    watched.end();
    if (guest != null) {
      guest.end();
    }
  }

  private void act(ClientFrame frame) {
    if (frame instanceof ClientFrame.Hello hello) {
      greet(hello);
    } else if (!isOpen) {
      throw new LiveException(ErrorCode.INVALID, "The first frame must be hello.");
    } else if (frame instanceof ClientFrame.SubHall sub) {
      subscribe(sub.view(), sub.since());
    } else if (frame instanceof ClientFrame.SubRoom sub) {
      subscribe(sub.room(), null);
    } else if (frame instanceof ClientFrame.Unsub unsub) {
      Seat seat = find(unsub.channel());
      if (seat != null) {
        drop(seat);
      }
    } else if (frame instanceof ClientFrame.Resync resync) {
      resync(resync.channel());
    } else if (frame instanceof ClientFrame.Watch watch) {
      watched.watch(watch.rooms());
    } else if (frame instanceof ClientFrame.Like like) {
      asGuest(like.room(), guest -> guest.like(like.room(), like.count()));
    } else if (frame instanceof ClientFrame.Enter enter) {
      asGuest(enter.room(), guest -> guest.enter(enter));
    } else if (frame instanceof ClientFrame.Leave leave) {
      asGuest(leave.room(), guest -> guest.leave(leave.room()));
    } else if (frame instanceof ClientFrame.Ping) {
      socket.say(Frames.pong(), "pong");
    }
  }

  /** What only somebody can do: he is made a guest with the first of it. */
  private void asGuest(RoomId room, Consumer<Guest> deed) {
    Guest known = guest;
    if (caller == null) {
      refuse(Refusal.nobody(room));
      return;
    }
    if (known == null) {
      known = new Guest(socket, loop, caller.user());
      guest = known;
    }
    deed.accept(known);
  }

  /** The first hello lets him in; a later one renews his token, or is somebody else's. */
  private void greet(ClientFrame.Hello hello) {
    Reception reception = loop.reception();
    try {
      if (hello.token() == null && !reception.limits().anonymous()) {
        throw new LiveException(ErrorCode.TOKEN_MISSING, "Say hello with a token.");
      }
      caller = hello.token() == null ? null : reception.verify().apply(hello.token());
    } catch (LiveException refused) {
      socket.refuse(Refusal.of(refused), CloseCode.TOKEN);
      return;
    }
    isOpen = true;
    if (guest != null && (caller == null || !guest.is(caller.user()))) {
      guest.end();
      guest = null;
    }
    socket.say(Frames.welcome(reception.node(), loop.epoch(), reception.limits()), "welcome");
  }

  private void subscribe(Object what, @Nullable Position since) {
    Seat seat = find(channel(what));
    if (seat == null) {
      if (seats.size() >= Limits.SUBS) {
        String message = "At most " + Limits.SUBS + " subscriptions; unsub one first.";
        refuse(Refusal.ofChannel(ErrorCode.RATE_LIMITED, message, channel(what)));
        return;
      }
      seat = loop.seat(socket, what, Seat.Kind.CHANNEL);
      seats.add(seat);
    }
    ask(seat, since);
  }

  private void resync(String channel) {
    Seat seat = find(channel);
    if (seat == null) {
      throw LiveException.invalid("ch", "is not subscribed");
    }
    ask(seat, null);
  }

  /** One answer is under way at a time: it may be of before what the client asks now. */
  private void ask(Seat seat, @Nullable Position since) {
    if (seat.isAsking) {
      seat.isAskedAgain = true;
    } else {
      loop.join(seat, since);
    }
  }

  private void refuse(Refusal refusal) {
    socket.say(Frames.error(refusal), "error");
  }

  private @Nullable Seat find(String channel) {
    for (Seat seat : seats) {
      if (channel(seat.row.what()).equals(channel)) {
        return seat;
      }
    }
    return null;
  }

  private static String channel(Object what) {
    return what instanceof View view ? view.channel() : RoomDesk.channel((RoomId) what);
  }
}
