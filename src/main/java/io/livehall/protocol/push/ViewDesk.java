package io.livehall.protocol.push;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.Hall;
import io.livehall.hall.Tail;
import io.livehall.hall.View;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The views that somebody on this node looks at. Belongs to the hall's thread. */
final class ViewDesk {
  private static final long ADVANCE_EVERY = TimeUnit.SECONDS.toNanos(1);

  /** Who knows more of the log than this node waits so long for it to come; then he gets a snap. */
  private static final long AHEAD_FOR = TimeUnit.SECONDS.toNanos(1);

  private static final int AHEAD_MAX = 10_000;

  private final NewsDesk.Pace pace;
  private final Tail tail;
  private final Outbox outbox;
  private final PushFigures figures;
  private final Map<View, ShownView> shownByView = new HashMap<>();
  private final Queue<Ahead> ahead = new ArrayDeque<>();

  /** Somebody who knows more of the log than this node. */
  private record Ahead(View view, Position since, Seat seat, long until) {}

  ViewDesk(NewsDesk.Pace pace, Tail tail, Outbox outbox, PushFigures figures) {
    this.pace = pace;
    this.tail = tail;
    this.outbox = outbox;
    this.figures = figures;
  }

  int size() {
    return shownByView.size();
  }

  void addIds(Set<RoomId> ids) {
    shownByView.values().forEach(shown -> shown.addIds(ids));
  }

  void join(View view, @Nullable Position since, Seat seat, Hall hall) {
    ShownView shown = shownByView.get(view);
    if (shown == null) {
      if (shownByView.size() >= pace.viewsMax()) {
        seat.row.loop().refuse(seat, tooMany(view));
        return;
      }
      shown = new ShownView(view, hall, pace.countBytesPerSecond(), System.nanoTime());
      shownByView.put(view, shown);
    }
    if (!shown.rows.contains(seat.row)) {
      shown.rows.add(seat.row);
    }
    if (since == null) {
      answer(seat, Telling.Kind.SNAP, shown.snap());
    } else {
      resume(shown, new Ahead(view, since, seat, System.nanoTime() + AHEAD_FOR), hall);
    }
  }

  void leave(View view, Row row) {
    ShownView shown = shownByView.get(view);
    if (shown != null && shown.rows.remove(row) && shown.rows.isEmpty()) {
      shown.forget();
      shownByView.remove(view);
    }
  }

  /**
   * Everything that has changed since the last tick; a view whose last telling is still being
   * written waits for the next. Whether nobody has to wait.
   */
  boolean tick(Hall hall, @Nullable Instant committedAt) {
    int conflated = 0;
    for (ShownView shown : shownByView.values()) {
      if (shown.isBusy()) {
        conflated++;
      } else {
        post(shown, shown.changes(hall, tail, committedAt));
      }
    }
    figures.count("push.conflated", "view", conflated);
    tellThoseAhead(hall);
    return conflated == 0;
  }

  /** What they are answered builds on what everyone was told, so that must be on its way. */
  private void tellThoseAhead(Hall hall) {
    outbox.send();
    int waiting = ahead.size();
    for (int i = 0; i < waiting; i++) {
      Ahead first = ahead.remove();
      ShownView shown = shownByView.get(first.view());
      if (shown != null) {
        resume(shown, first, hall);
      }
    }
  }

  void counts(Hall hall, long nanos) {
    shownByView.values().forEach(shown -> post(shown, shown.counts(hall, nanos)));
  }

  void marks(Hall hall, long nanos) {
    long every = pace.markEvery().toNanos();
    for (ShownView shown : shownByView.values()) {
      if (shown.isMarkDue(nanos, every)) {
        post(shown, shown.changes(hall, tail, null));
        post(shown, shown.mark(hall, nanos));
      }
    }
  }

  private void post(ShownView shown, @Nullable Telling news) {
    if (news != null) {
      outbox.post(shown.rows, news);
    }
  }

  private void resume(ShownView shown, Ahead asked, Hall hall) {
    Position since = asked.since();
    boolean isSameLog = since.epoch().equals(hall.at().epoch());
    if (isSameLog && since.seq() > hall.at().seq() && mayWait(asked, hall)) {
      ahead.add(asked);
      return;
    }
    if (isSameLog && since.seq() > shown.at().seq()) {
      catchUp(shown, hall);
    }
    boolean isKnown = isSameLog && since.seq() <= shown.at().seq();
    ByteBuf delta = isKnown ? shown.resume(since.seq(), hall, tail) : null;
    figures.count("push.resumed", delta == null ? "snap" : "delta");
    if (delta == null) {
      answer(asked.seat(), Telling.Kind.SNAP, shown.snap());
    } else {
      answer(asked.seat(), Telling.Kind.DELTA, delta);
    }
  }

  private boolean mayWait(Ahead asked, Hall hall) {
    boolean isNear = asked.since().seq() - hall.at().seq() <= AHEAD_MAX;
    return isNear && ahead.size() < AHEAD_MAX && System.nanoTime() - asked.until() < 0;
  }

  /** The view is told to everyone before the tick, or only that it has not changed: at times. */
  private void catchUp(ShownView shown, Hall hall) {
    Telling news = shown.changes(hall, tail, null);
    long now = System.nanoTime();
    if (news == null && shown.mayAdvance(now, ADVANCE_EVERY)) {
      news = shown.advance(hall, now);
    }
    post(shown, news);
    outbox.send();
  }

  private void answer(Seat seat, Telling.Kind kind, ByteBuf frame) {
    seat.row.loop().answer(List.of(seat), Telling.of(kind, frame));
  }

  private static Refusal tooMany(View view) {
    return Refusal.ofChannel(
        ErrorCode.RATE_LIMITED,
        "So many views are looked at on this node that no other can be. Try a common one.",
        view.channel());
  }
}
