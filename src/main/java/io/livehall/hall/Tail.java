package io.livehall.hall;

import io.livehall.domain.Position;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomNews;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last entries of the log as this node heard them, each with what was listed before it. It
 * tells what a view showed at an earlier place, by undoing what came after. Belongs to one thread.
 *
 * <pre>
 * ring         [e5 e6 e3 e4]     of four slots: the entry of place n is in slot n % 4
 * latestById   r1 → e6, r2 → e4  each entry knows when its room was last closed
 * </pre>
 */
public final class Tail {
  /** If more rooms changed since, undoing costs more than a snapshot: then it is not told. */
  static final int CHANGES_MAX = 2_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final @Nullable Entry[] ring;
  private final Map<RoomId, Entry> latestById = new HashMap<>();
  private int size;
  private long newestSeq;

  /**
   * @param entriesMax how many entries are kept; the oldest goes when another comes
   */
  public Tail(int entriesMax) {
    if (entriesMax < 1) {
      throw new IllegalArgumentException("entriesMax must be at least 1: " + entriesMax);
    }
    ring = new Entry[entriesMax];
  }

  /** The list was read anew: nothing is known of before. */
  public void clear() {
    Arrays.fill(ring, null);
    latestById.clear();
    size = 0;
  }

  /**
   * Entries come in the log's order and without a gap, else they are refused.
   *
   * @param before what was listed under the room's id until then; null if nothing was
   */
  public void add(RoomNews news, @Nullable ListedRoom before) {
    if (size > 0 && news.seq() != newestSeq + 1) {
      throw new IllegalArgumentException("entry " + news.seq() + " after " + newestSeq);
    }
    newestSeq = news.seq();
    if (size == ring.length) {
      forget(at(newestSeq - size));
    } else {
      size++;
    }
    var id = news.room().id();
    boolean isClose = news.event() == RoomEvent.CLOSED;
    var entry = new Entry(news, before, isClose ? news.seq() : lastClosedSeq(id));
    ring[slot(news.seq())] = entry;
    latestById.put(id, entry);
  }

  /**
   * Whether every entry behind {@code seq}, up to the newest, is here. Never so of an empty tail,
   * nor of a place beyond the newest.
   */
  public boolean reaches(long seq) {
    return size > 0 && seq <= newestSeq && seq >= oldestSeq() - 1;
  }

  /** Whether an entry behind {@code sinceSeq} is here by which the room was closed. */
  public boolean hasClosed(RoomId id, long sinceSeq) {
    long closedSeq = lastClosedSeq(id);
    return closedSeq > sinceSeq && closedSeq >= oldestSeq();
  }

  /** The newest entry of that room that is here. */
  public @Nullable RoomNews latest(RoomId id) {
    var entry = latestById.get(id);
    return entry == null ? null : entry.news;
  }

  /**
   * The view as it was at {@code seq}: the same rooms at the same versions in the same order, and
   * the total. Counters of rooms that did not change since are those of now.
   *
   * <p>Null if it cannot be told: not all entries between are here; the order is by heat, which is
   * not in the log; or more than 2,000 rooms changed since.
   */
  public @Nullable Page before(Hall now, View view, long seq) {
    long nowSeq = now.at().seq();
    if (view.sort() != Sort.NEWEST || !reaches(seq) || seq > nowSeq || nowSeq > newestSeq) {
      return null;
    }
    var firstById = firstChanges(seq, nowSeq);
    return firstById == null ? null : undone(now, view, seq, firstById);
  }

  private long oldestSeq() {
    return newestSeq - size + 1;
  }

  private long lastClosedSeq(RoomId id) {
    var entry = latestById.get(id);
    return entry == null ? NEVER : entry.closedSeq;
  }

  private void forget(Entry oldest) {
    // If it is the room's newest as well, the room has no entry any more.
    latestById.remove(oldest.id(), oldest);
  }

  private Entry at(long seq) {
    return Objects.requireNonNull(ring[slot(seq)]);
  }

  private int slot(long seq) {
    return (int) Math.floorMod(seq, (long) ring.length);
  }

  /** The first entry behind {@code seq} of each room: it has what was listed at that place. */
  private @Nullable Map<RoomId, Entry> firstChanges(long seq, long nowSeq) {
    var firstById = new HashMap<RoomId, Entry>();
    for (long behind = seq + 1; behind <= nowSeq; behind++) {
      var entry = at(behind);
      firstById.putIfAbsent(entry.id(), entry);
      if (firstById.size() > CHANGES_MAX) {
        return null;
      }
    }
    return firstById;
  }

  private static Page undone(Hall now, View view, long seq, Map<RoomId, Entry> firstById) {
    // As many more as changed: then the limit is reached also if all of those are dropped.
    int enough = view.limit() + firstById.size();
    var present = now.page(new PageQuery(view.sort(), view.tag(), enough, null));
    var rooms = new ArrayList<ListedRoom>();
    present.rooms().stream()
        .filter(room -> !firstById.containsKey(room.id()))
        .limit(view.limit())
        .forEach(rooms::add);
    int total = present.total();
    for (var first : firstById.values()) {
      var listed = now.find(first.id());
      if (listed != null && view.shows(listed)) {
        total--;
      }
      if (first.before != null && view.shows(first.before)) {
        total++;
        rooms.add(first.before);
      }
    }
    rooms.sort(view.sort().order());
    var shown = List.copyOf(rooms.subList(0, Math.min(view.limit(), rooms.size())));
    return page(shown, view, total, new Position(now.at().epoch(), seq));
  }

  private static Page page(List<ListedRoom> shown, View view, int total, Position at) {
    boolean isLast = shown.size() == total;
    var next = isLast ? null : Cursor.after(shown.get(shown.size() - 1), view.sort(), view.tag());
    return new Page(shown, next, total, at);
  }

  /**
   * @param before what was listed under the room's id before it
   * @param closedSeq the place at which the room was last closed, up to this entry
   */
  private record Entry(RoomNews news, @Nullable ListedRoom before, long closedSeq) {
    RoomId id() {
      return news.room().id();
    }
  }
}
