package io.livehall.protocol.push;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.ListedRoom;
import io.livehall.hall.View;
import io.livehall.protocol.Caller;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one client has said: who he is, and what he looks at. */
final class Session {
  private final PushSocket socket;
  private final PushLoop loop;
  private final List<Seat> seats = new ArrayList<>(1);
  private List<Seat> watched = List.of();
  private @Nullable Caller caller;
  private boolean isOpen;

  Session(PushSocket socket, PushLoop loop) {
    this.socket = socket;
    this.loop = loop;
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
    return seat.isWatch ? watched.contains(seat) : seats.contains(seat);
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
    if (seat.isWatch) {
      watched = watched.stream().filter(other -> other != seat).toList();
    } else {
      seats.remove(seat);
    }
    loop.leave(seat);
  }

  /** The client reads again, and has missed something. */
  void catchUp() {
    for (Seat seat : seats) {
      if (seat.isBehind && !seat.isAsking) {
        loop.join(seat, null);
      }
    }
    List<Seat> behind = watched.stream().filter(seat -> seat.isBehind && !seat.isAsking).toList();
    if (!behind.isEmpty()) {
      loop.watch(socket, behind);
    }
  }

  List<ListedRoom> watched(Map<Row, ListedRoom> moved) {
    List<ListedRoom> mine = new ArrayList<>();
    for (Seat seat : watched) {
      ListedRoom room = moved.get(seat.row);
      if (room != null) {
        mine.add(room);
      }
    }
    return mine;
  }

  /** Their counters were not told, and will not be again until they move. */
  void fallBehind(Set<Row> rows) {
    watched.stream().filter(seat -> rows.contains(seat.row)).forEach(seat -> seat.isBehind = true);
  }

  void end() {
    List<Seat> all = new ArrayList<>(seats);
    all.addAll(watched);
    seats.clear();
    watched = List.of();
    all.forEach(loop::leave);
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
      watch(watch.rooms());
    } else if (frame instanceof ClientFrame.Counted counted) {
      refuse(Refusal.notCounted(counted.room()));
    } else if (frame instanceof ClientFrame.Ping) {
      socket.say(Frames.pong(), "pong");
    }
  }

  /** The first hello lets him in; a later one renews his token. */
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
      seat = loop.seat(socket, what, false);
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

  /** Replaces the last watch; of the rooms that stay nothing is told anew but their counters. */
  private void watch(List<RoomId> rooms) {
    Set<Object> wanted = new HashSet<>(rooms);
    List<Seat> kept = new ArrayList<>();
    for (Seat seat : watched) {
      if (wanted.remove(seat.row.what())) {
        kept.add(seat);
      } else {
        loop.leave(seat);
      }
    }
    List<Seat> added = wanted.stream().map(room -> loop.seat(socket, room, true)).toList();
    kept.addAll(added);
    watched = List.copyOf(kept);
    loop.watch(socket, watched.stream().filter(seat -> !seat.isAsking).toList());
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
