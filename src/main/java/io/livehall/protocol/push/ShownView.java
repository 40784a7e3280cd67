package io.livehall.protocol.push;

import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.Delta;
import io.livehall.hall.Hall;
import io.livehall.hall.ListedRoom;
import io.livehall.hall.Page;
import io.livehall.hall.Sort;
import io.livehall.hall.Tail;
import io.livehall.hall.View;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A view that somebody on this node looks at: what was told of it, and how to come from there to
 * what is. Belongs to the hall's thread.
 */
final class ShownView {
  /** Answers to those who come back, kept until the view moves on; more are made anew each time. */
  private static final int RESUMES_MAX = 64;

  final List<Row> rows = new ArrayList<>(2);
  private final View view;
  private final String channel;
  private final Budget budget;
  private final Map<Long, ByteBuf> resumes = new HashMap<>();

  /** The hall that was looked at last. By heat the order moves also while the log does not. */
  private Hall seen;

  /** The rooms as they were told last, with the counters that were told last. */
  private Page told;

  private @Nullable ByteBuf snap;
  private long markedAt;
  private long advancedAt;

  ShownView(View view, Hall hall, int countBytesPerSecond, long nanos) {
    this.view = view;
    this.channel = view.channel();
    this.seen = hall;
    this.told = view.of(hall);
    this.budget = new Budget(countBytesPerSecond, nanos);
    this.markedAt = nanos;
    this.advancedAt = nanos;
  }

  Position at() {
    return told.at();
  }

  void addIds(Set<RoomId> ids) {
    told.rooms().forEach(room -> ids.add(room.id()));
  }

  boolean isBusy() {
    return rows.stream().anyMatch(row -> row.loop().isBusy());
  }

  /** What has changed since it was told last; null if nothing. */
  @Nullable Telling changes(Hall hall, Tail tail, @Nullable Instant committedAt) {
    if (hall == seen) {
      return null;
    }
    seen = hall;
    Page now = view.of(hall);
    if (!isWithin(tail, now.at())) {
      move(now);
      return new Telling(Telling.Kind.SNAP, snap(), committedAt);
    }
    Delta delta = Delta.between(told, now, id -> tail.hasClosed(id, told.at().seq()));
    if (!delta.changes(told)) {
      return null;
    }
    move(withToldCounters(now));
    return new Telling(Telling.Kind.DELTA, Frames.delta(channel, delta), committedAt);
  }

  /** The counters that differ from what was told; null if none do, or it is too soon. */
  @Nullable Telling counts(Hall hall, long nanos) {
    Page now = told.counted(hall);
    if (now == told || !budget.allows(nanos)) {
      return null;
    }
    List<ListedRoom> moved = new ArrayList<>();
    for (int i = 0; i < now.rooms().size(); i++) {
      if (now.rooms().get(i) != told.rooms().get(i)) {
        moved.add(now.rooms().get(i));
      }
    }
    move(now);
    ByteBuf frame = Frames.count(moved);
    budget.spend(frame.readableBytes());
    return Telling.of(Telling.Kind.COUNT, frame);
  }

  boolean isMarkDue(long nanos, long everyNanos) {
    return nanos - markedAt >= everyNanos;
  }

  /** Proves that the view is alive and right. What has changed must have been told before. */
  Telling mark(Hall hall, long nanos) {
    markedAt = nanos;
    Telling position = advance(hall, nanos);
    ByteBuf mark = Frames.mark(channel, told.at(), told.rooms().size(), told.hash());
    return Telling.of(Telling.Kind.MARK, position == null ? mark : joined(position.frame(), mark));
  }

  /** Tells nothing but that the log has moved on; null if it has not. */
  @Nullable Telling advance(Hall hall, long nanos) {
    if (hall.at().equals(told.at())) {
      return null;
    }
    Page now = new Page(told.rooms(), told.next(), told.total(), hall.at());
    Delta delta = Delta.between(told, now, id -> false);
    move(now);
    advancedAt = nanos;
    return Telling.of(Telling.Kind.DELTA, Frames.delta(channel, delta));
  }

  boolean mayAdvance(long nanos, long everyNanos) {
    return nanos - advancedAt >= everyNanos;
  }

  /** The whole view; whoever gets it owns it. */
  ByteBuf snap() {
    if (snap == null) {
      snap = Frames.snap(channel, told);
    }
    return snap.retain();
  }

  /** From an earlier place to what was told last, or null if nobody knows any more. */
  @Nullable ByteBuf resume(long seq, Hall hall, Tail tail) {
    ByteBuf known = resumes.get(seq);
    if (known != null) {
      return known.retain();
    }
    if (view.sort() == Sort.HOT) {
      return null;
    }
    Page then = seq == told.at().seq() ? told : tail.before(hall, view, seq);
    if (then == null) {
      return null;
    }
    Delta delta = Delta.between(then, told, id -> tail.hasClosed(id, seq));
    // Counters are not in the log, so they are told anew.
    ByteBuf resume = joined(Frames.delta(channel, delta), Frames.count(told.rooms()));
    if (resumes.size() < RESUMES_MAX) {
      resumes.put(seq, resume.retain());
    }
    return resume;
  }

  void forget() {
    if (snap != null) {
      snap.release();
      snap = null;
    }
    resumes.values().forEach(ByteBuf::release);
    resumes.clear();
  }

  /** Whether every change since then was heard here: only so a delta can say why a room left. */
  private boolean isWithin(Tail tail, Position now) {
    return now.equals(told.at())
        || (now.epoch().equals(told.at().epoch()) && tail.reaches(told.at().seq()));
  }

  private void move(Page page) {
    told = page;
    forget();
  }

  /** A delta brings the counters only of the rooms that are in it. */
  private Page withToldCounters(Page now) {
    Map<Object, ListedRoom> toldById = new HashMap<>();
    told.rooms().forEach(room -> toldById.put(room.id(), room));
    List<ListedRoom> rooms = new ArrayList<>(now.rooms().size());
    for (ListedRoom room : now.rooms()) {
      ListedRoom before = toldById.get(room.id());
      rooms.add(before != null && before.version() == room.version() ? before : room);
    }
    return new Page(rooms, now.next(), now.total(), now.at());
  }

  private static ByteBuf joined(ByteBuf first, ByteBuf second) {
    ByteBuf both = first.alloc().directBuffer(first.readableBytes() + second.readableBytes());
    both.writeBytes(first).writeBytes(second);
    first.release();
    second.release();
    return both;
  }
}
