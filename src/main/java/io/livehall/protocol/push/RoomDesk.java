package io.livehall.protocol.push;

import io.livehall.domain.LiveException;
import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomNews;
import io.livehall.domain.RoomState;
import io.livehall.hall.Hall;
import io.livehall.hall.ListedRoom;
import io.livehall.hall.Tail;
import io.livehall.protocol.RoomJson;
import io.livehall.service.Presence;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rooms that somebody on this node looks at. Belongs to the hall's thread. */
final class RoomDesk {
  private final NewsDesk.Pace pace;
  private final Tail tail;
  private final Outbox outbox;
  private final RoomJson json;
  private final RoomSearch search;
  private final Supplier<Hall> now;
  private final Map<RoomId, ShownRoom> shownById = new HashMap<>();

  /** Rooms of which nobody knows what happened to them while the list was read anew. */
  private final Set<RoomId> unsure = new HashSet<>();

  RoomDesk(NewsDesk.Pace pace, NewsDesk.Sources sources, Outbox outbox, Supplier<Hall> now) {
    this.pace = pace;
    this.tail = sources.tail();
    this.outbox = outbox;
    this.json = sources.json();
    this.search = new RoomSearch(sources.finder());
    this.now = now;
  }

  int size() {
    return shownById.size();
  }

  Set<RoomId> ids() {
    return shownById.keySet();
  }

  /** Told to who is in the room's channel; who reads slowly misses it, and reads the counters. */
  void hear(Presence.Moves moves) {
    ShownRoom shown = shownById.get(moves.room());
    if (shown != null) {
      shown.moves(moves, System.nanoTime()).forEach(names -> outbox.post(shown.rows, names));
    }
  }

  /** The seats are of one socket: of what is on air he is told with one frame. */
  void watch(List<Seat> seats) {
    List<Seat> seated = new ArrayList<>();
    List<ListedRoom> rooms = new ArrayList<>();
    for (Seat seat : seats) {
      ListedRoom listed = now.get().find((RoomId) seat.row.what());
      if (listed == null) {
        join((RoomId) seat.row.what(), seat);
      } else {
        show(listed).add(seat.row);
        seated.add(seat);
        rooms.add(listed);
      }
    }
    if (!seated.isEmpty()) {
      Telling counts = Telling.of(Telling.Kind.COUNT, Frames.count(rooms));
      seated.get(0).row.loop().answer(seated, counts);
    }
  }

  void join(RoomId id, Seat seat) {
    ListedRoom listed = now.get().find(id);
    RoomNews latest = listed == null ? tail.latest(id) : null;
    ShownRoom shown = shownById.get(id);
    if (listed != null) {
      seat(seat, listed);
    } else if (latest != null) {
      answer(seat, latest.room(), latest.seq());
    } else if (shown != null) {
      seat(seat, shown.told());
    } else {
      search.find(id, room -> found(seat, room), trouble -> refuse(seat, trouble));
    }
  }

  void leave(RoomId id, Row row) {
    ShownRoom shown = shownById.get(id);
    if (shown != null && shown.rows.remove(row) && shown.rows.isEmpty()) {
      shownById.remove(id);
    }
  }

  /** Told at once, and to everyone who looks at the room. */
  void hear(RoomNews news) {
    ShownRoom shown = shownById.get(news.room().id());
    if (shown == null) {
      return;
    }
    boolean isOver = news.event() == RoomEvent.CLOSED;
    if (isOver) {
      shownById.remove(news.room().id());
    } else {
      shown.tell(json.listed(news.room(), shown.told()));
    }
    outbox.post(
        shown.rows,
        new Telling(
            isOver ? Telling.Kind.CLOSED : Telling.Kind.NOTICE,
            Frames.notice(news, shown.told().json()),
            news.at()));
  }

  /** The list was read anew, and nobody knows what happened to the rooms meanwhile. */
  void recheck() {
    Position at = now.get().at();
    for (ShownRoom shown : List.copyOf(shownById.values())) {
      ListedRoom listed = now.get().find(shown.told().id());
      if (listed == null) {
        unsure.add(shown.told().id());
      } else if (listed.version() != shown.told().version()) {
        shown.tell(listed);
        Telling changed = Telling.of(Telling.Kind.NOTICE, Frames.changed(listed.json(), at.seq()));
        outbox.post(shown.rows, changed);
      }
    }
    ask();
  }

  void counts(long nanos) {
    post(shown -> shown.counts(now.get(), nanos));
  }

  /** The counters that moved since the watchers were told last, for each loop. */
  void countsForWatchers() {
    Map<PushLoop, Map<Row, ListedRoom>> movedByLoop = new HashMap<>();
    Hall hall = now.get();
    shownById.forEach(
        (id, shown) -> {
          ListedRoom moved = shown.countsForWatchers(hall);
          if (moved != null) {
            for (Row row : shown.rows) {
              movedByLoop.computeIfAbsent(row.loop(), l -> new HashMap<>()).put(row, moved);
            }
          }
        });
    movedByLoop.forEach(PushLoop::tellWatchers);
  }

  void marks(long nanos) {
    ask();
    long every = pace.markEvery().toNanos();
    post(shown -> shown.mark(now.get().at(), nanos, every));
  }

  static String channel(RoomId id) {
    return "room:" + id;
  }

  /** What was heard meanwhile is newer than what the store said. */
  private void found(Seat seat, Room room) {
    if (now.get().find(room.id()) != null || tail.latest(room.id()) != null) {
      join(room.id(), seat);
    } else {
      answer(seat, room, now.get().at().seq());
    }
  }

  /** Of whom the store does not answer it is asked again with the next marks. */
  private void ask() {
    List<RoomId> ids = List.copyOf(unsure);
    unsure.clear();
    ids.forEach(id -> search.find(id, this::tellAgain, trouble -> unsure.add(id)));
  }

  /** Of a room that is not listed. What was heard meanwhile is newer than what the store said. */
  private void tellAgain(Room room) {
    ShownRoom shown = shownById.get(room.id());
    boolean isNewer = now.get().find(room.id()) != null || tail.latest(room.id()) != null;
    if (shown == null || isNewer) {
      return;
    }
    long seq = now.get().at().seq();
    if (room.state() == RoomState.CLOSED) {
      shownById.remove(room.id());
      outbox.post(shown.rows, Telling.of(Telling.Kind.CLOSED, Frames.closed(room, seq)));
    } else if (room.version() != shown.told().version()) {
      shown.tell(json.listed(room, shown.told()));
      ByteBuf changed = Frames.changed(shown.told().json(), seq);
      outbox.post(shown.rows, Telling.of(Telling.Kind.NOTICE, changed));
    }
    outbox.send();
  }

  private void answer(Seat seat, Room room, long seq) {
    if (room.state() == RoomState.CLOSED) {
      Telling closed = Telling.of(Telling.Kind.CLOSED, Frames.closed(room, seq));
      seat.row.loop().answer(List.of(seat), closed);
    } else {
      seat(seat, json.listed(room, null));
    }
  }

  private void seat(Seat seat, ListedRoom room) {
    show(room).add(seat.row);
    long seq = now.get().at().seq();
    Telling answer =
        switch (seat.kind) {
          case WATCH -> Telling.of(Telling.Kind.COUNT, Frames.count(List.of(room)));
          case VIEWER -> Telling.of(Telling.Kind.ENTERED, Frames.entered(room.id()));
          case CHANNEL ->
              Telling.of(Telling.Kind.ROOM, Frames.room(channel(room.id()), seq, room.json()));
        };
    seat.row.loop().answer(List.of(seat), answer);
  }

  private static void refuse(Seat seat, LiveException trouble) {
    String room = seat.row.what().toString();
    seat.row.loop().refuse(seat, Refusal.ofRoom(trouble.code(), trouble.detail(), room));
  }

  private ShownRoom show(ListedRoom room) {
    return shownById.computeIfAbsent(room.id(), id -> new ShownRoom(room, pace, System.nanoTime()));
  }

  private void post(Function<ShownRoom, @Nullable Telling> telling) {
    for (ShownRoom shown : shownById.values()) {
      Telling news = telling.apply(shown);
      if (news != null) {
        outbox.post(shown.rows, news);
      }
    }
  }
}
