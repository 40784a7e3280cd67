package io.livehall.load;

import io.livehall.domain.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's model of a view: {@code hall:newest:20}. */
public final class ListMirror implements Mirror {
  private final String channel;
  private final int limit;
  private final ClosedRooms closed;
  private @Nullable RoomList list;
  private boolean awaitsWhole;
  private boolean isDoubtful;

  public ListMirror(String channel) {
    this(channel, new ClosedRooms(), null);
  }

  private ListMirror(String channel, ClosedRooms closed, @Nullable RoomList list) {
    this.channel = channel;
    this.limit = Integer.parseInt(channel.split(":", 4)[2]);
    this.closed = closed;
    this.list = list;
  }

  /** For the next socket of the same client: it shows what it showed. */
  public ListMirror next() {
    return new ListMirror(channel, closed.copy(), isDoubtful ? null : list);
  }

  @Override
  public String channel() {
    return channel;
  }

  /** Null before the first snap. */
  public @Nullable RoomList list() {
    return list;
  }

  /** In the order of the view; none before the first snap. */
  public List<Shown> rooms() {
    return list == null ? List.of() : list.rooms();
  }

  /** What to say as {@code since}; null where nothing is held, or nothing that can be trusted. */
  public @Nullable Position since() {
    return list == null || isDoubtful ? null : list.at();
  }

  @Override
  public Step apply(Frame frame) {
    if (frame instanceof Frame.Delta delta && isOurs(delta.channel())) {
      return delta(delta);
    } else if (frame instanceof Frame.Count count) {
      return count(count);
    } else if (frame instanceof Frame.Mark mark && isOurs(mark.channel())) {
      return mark(mark);
    } else if (frame instanceof Frame.Snap snap && isOurs(snap.channel())) {
      return snap(snap.list());
    } else if (frame instanceof Frame.Closed notice) {
      closed.add(notice.room(), notice.seq());
      return Step.APPLIED;
    }
    return Step.IGNORED;
  }

  private boolean isOurs(String other) {
    return channel.equals(other);
  }

  private Step delta(Frame.Delta delta) {
    if (awaitsWhole) {
      return Step.IGNORED;
    }
    if (list == null || list.at().seq() != delta.prev()) {
      return resync(Step.GAP);
    }
    RoomList.Next next = list.after(delta);
    if (next.list() == null || next.list().rooms().size() > limit) {
      return doubt(Step.BROKEN);
    }
    boolean isRevival = revives(delta.up(), delta.seq());
    list = next.list();
    for (Frame.Gone gone : delta.gone()) {
      if (gone.isClosed()) {
        closed.add(gone.id(), delta.seq());
      }
    }
    return isRevival ? Step.REVIVED : Step.applied(next.changes());
  }

  private Step snap(RoomList whole) {
    if (list != null && !list.at().epoch().equals(whole.at().epoch())) {
      // Another log, perhaps an older state of the database: what was closed in this one is
      // unknown.
      closed.clear();
    }
    boolean isRevival = revives(whole.rooms(), whole.at().seq());
    list = whole;
    awaitsWhole = false;
    isDoubtful = whole.rooms().size() > limit;
    if (isDoubtful) {
      return Step.TOO_LONG;
    }
    return isRevival ? Step.REVIVED : Step.APPLIED;
  }

  /**
   * To be asked before the rooms are shown. Being told that a room is closed outruns the list: one
   * that is held may stand on it until the list has come to that position.
   */
  private boolean revives(List<Shown> shown, long seq) {
    boolean isRevival = false;
    for (Shown room : shown) {
      if (closed.hasAt(room.id(), seq) || (closed.has(room.id()) && !isHeld(room.id()))) {
        closed.forget(room.id());
        isRevival = true;
      }
    }
    return isRevival;
  }

  private boolean isHeld(String id) {
    return list != null && list.has(id);
  }

  private Step count(Frame.Count count) {
    if (list == null) {
      return Step.IGNORED;
    }
    list = list.after(count);
    return Step.APPLIED;
  }

  private Step mark(Frame.Mark mark) {
    if (list == null || awaitsWhole || !list.at().equals(mark.at())) {
      return resync(Step.GAP);
    }
    boolean isSame = mark.count() == list.rooms().size() && mark.hash().equals(list.hash());
    return isSame ? Step.APPLIED : doubt(Step.WRONG_HASH);
  }

  private Step doubt(Step step) {
    isDoubtful = true;
    return resync(step);
  }

  private Step resync(Step step) {
    awaitsWhole = true;
    return step;
  }
}
