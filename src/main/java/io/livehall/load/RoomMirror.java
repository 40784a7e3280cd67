package io.livehall.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's model of one room: {@code room:ID}. */
public final class RoomMirror implements Mirror {
  private final String id;
  private final String channel;
  private @Nullable Shown room;
  private long seq;
  private boolean isOver;

  /** Whether the version is the one of the state that is shown: not every notice names it. */
  private boolean knowsVersion;

  public RoomMirror(String id) {
    this.id = id;
    this.channel = "room:" + id;
  }

  @Override
  public String channel() {
    return channel;
  }

  public String id() {
    return id;
  }

  /** Null before the first answer. */
  public @Nullable Shown room() {
    return room;
  }

  /** Whether the client was told that it is closed. */
  public boolean isOver() {
    return isOver;
  }

  /** For the next socket of the same client. */
  public RoomMirror next() {
    var next = new RoomMirror(id);
    next.isOver = isOver;
    return next;
  }

  @Override
  public Step apply(Frame frame) {
    if (frame instanceof Frame.Count count) {
      return count(count);
    } else if (frame instanceof Frame.RoomIs whole && whole.channel().equals(channel)) {
      return show(whole.room(), whole.seq());
    } else if (frame instanceof Frame.Changed changed && changed.room().id().equals(id)) {
      return changed(changed);
    } else if (frame instanceof Frame.Streaming notice && notice.room().equals(id)) {
      return streaming(notice);
    } else if (frame instanceof Frame.Closed notice && notice.room().equals(id)) {
      isOver = true;
      seq = Math.max(seq, notice.seq());
      return seen(Step.Kind.CLOSED, room == null ? "" : room.title());
    } else if (frame instanceof Frame.Mark mark && mark.channel().equals(channel)) {
      return mark(mark);
    } else if (frame instanceof Frame.Moved moved && moved.room().equals(id)) {
      return isOver ? Step.REVIVED : Step.APPLIED;
    }
    return Step.IGNORED;
  }

  private Step show(Shown whole, long at) {
    if (isOver && !whole.isOver()) {
      return Step.REVIVED;
    }
    room = whole;
    seq = at;
    knowsVersion = true;
    return Step.APPLIED;
  }

  private Step changed(Frame.Changed changed) {
    if (!isOver && changed.seq() < seq) {
      return Step.IGNORED;
    }
    boolean isEdit = room != null && room.version() < changed.room().version();
    Step step = show(changed.room(), changed.seq());
    return step == Step.APPLIED && isEdit ? seen(Step.Kind.EDITED, changed.room().title()) : step;
  }

  private Step seen(Step.Kind kind, String title) {
    return Step.applied(List.of(new Step.Change(kind, id, title)));
  }

  private Step streaming(Frame.Streaming notice) {
    if (isOver) {
      return Step.REVIVED;
    }
    if (room == null || notice.seq() < seq) {
      return Step.IGNORED;
    }
    Long version = notice.version();
    room =
        room.in(notice.isUp() ? "live" : "interrupted", version == null ? room.version() : version);
    knowsVersion = version != null;
    seq = notice.seq();
    return Step.APPLIED;
  }

  private Step count(Frame.Count count) {
    for (Frame.Counted row : count.rooms()) {
      if (room != null && row.id().equals(id)) {
        room = room.counted(row);
        return Step.APPLIED;
      }
    }
    return Step.IGNORED;
  }

  private Step mark(Frame.Mark mark) {
    if (isOver || (room != null && !knowsVersion)) {
      return Step.IGNORED;
    }
    if (room == null) {
      return Step.GAP;
    }
    boolean isSame = mark.count() == 1 && mark.hash().equals(RoomList.hash(List.of(room)));
    if (isSame) {
      seq = Math.max(seq, mark.at().seq());
      return Step.APPLIED;
    }
    return mark.at().seq() > seq ? Step.GAP : Step.WRONG_HASH;
  }
}
