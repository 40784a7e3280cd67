package io.livehall.protocol.push;

import io.livehall.domain.Position;
import io.livehall.domain.Viewer;
import io.livehall.hall.Hall;
import io.livehall.hall.HallHash;
import io.livehall.hall.ListedRoom;
import io.livehall.service.Presence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A room that somebody on this node looks at, and what was told of it. */
final class ShownRoom {
  final List<Row> rows = new ArrayList<>(2);
  private final Budget budget;
  private final Budget names;
  private ListedRoom told;
  private ListedRoom toldToWatchers;
  private long markedAt;

  ShownRoom(ListedRoom room, NewsDesk.Pace pace, long nanos) {
    this.told = room;
    this.toldToWatchers = room;
    this.budget = new Budget(pace.countBytesPerSecond(), nanos);
    this.names = new Budget(pace.namesPerSecond(), nanos);
    this.markedAt = nanos;
  }

  ListedRoom told() {
    return told;
  }

  void tell(ListedRoom room) {
    told = room;
  }

  void add(Row row) {
    if (!rows.contains(row)) {
      rows.add(row);
    }
  }

  /** The counters, if they differ from what was told; null if not, or if it is too soon. */
  @Nullable Telling counts(Hall hall, long nanos) {
    ListedRoom now = hall.find(told.id());
    if (now == null || !differs(now, told) || !budget.allows(nanos)) {
      return null;
    }
    // Another version is told by its notice.
    told = now;
    Telling counts = Telling.of(Telling.Kind.COUNT, Frames.count(List.of(now)));
    budget.spend(counts.frame().readableBytes());
    return counts;
  }

  /** Who left and who came, as many as may be named now; the counters tell of all. */
  List<Telling> moves(Presence.Moves moves, long nanos) {
    List<Telling> tellings = new ArrayList<>(2);
    List<Viewer> left = moves.left().subList(0, names.take(moves.left().size(), nanos));
    if (!left.isEmpty()) {
      tellings.add(Telling.of(Telling.Kind.LEFT, Frames.moved("left", told.id(), left)));
    }
    List<Viewer> joined = moves.joined().subList(0, names.take(moves.joined().size(), nanos));
    if (!joined.isEmpty()) {
      tellings.add(Telling.of(Telling.Kind.JOINED, Frames.moved("joined", told.id(), joined)));
    }
    return tellings;
  }

  /** The counters, if they differ from what the watchers were told; null if not. */
  @Nullable ListedRoom countsForWatchers(Hall hall) {
    ListedRoom now = hall.find(told.id());
    if (now == null || !differs(now, toldToWatchers)) {
      return null;
    }
    toldToWatchers = now;
    return now;
  }

  /** Proves that the channel is alive and right; null if that is not due. */
  @Nullable Telling mark(Position at, long nanos, long everyNanos) {
    if (nanos - markedAt < everyNanos) {
      return null;
    }
    markedAt = nanos;
    String channel = RoomDesk.channel(told.id());
    return Telling.of(Telling.Kind.MARK, Frames.mark(channel, at, 1, HallHash.of(List.of(told))));
  }

  private static boolean differs(ListedRoom now, ListedRoom told) {
    return now.viewers() != told.viewers() || now.likes() != told.likes();
  }
}
