package io.livehall.load;

import io.livehall.load.Tally.Count;
import io.livehall.load.Tally.Time;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One who looks: he comes back when he loses his socket, and goes to another node when he is told
 * to. Belongs to the event loop of his row.
 */
final class Viewer {
  private static final double PAUSE_MILLIS_FIRST = 500;
  private static final double PAUSE_MILLIS_MAX = 20_000;
  private static final long PAUSE_MILLIS_AFTER_FAULT = 30_000;
  private static final int PROTOCOL_ERROR = 4400;
  private static final int BAD_TOKEN = 4401;
  private static final int FORBIDDEN = 4403;
  private static final int DRAIN = 4010;

  /** Half of what the server lets a socket say. */
  private static final double LIKES_PER_SECOND = 1;

  private static final double LIKES_AT_ONCE = 20;

  private final Row row;
  private final Person person;
  private int placeIndex;
  private @Nullable Visit current;
  private @Nullable Visit coming;
  private @Nullable Visit last;
  private final long begunNanos = System.nanoTime();
  private long lostNanos;
  private int failures;
  private boolean isIn;
  private boolean isDone;
  private final Allowance likes = new Allowance(LIKES_AT_ONCE, LIKES_PER_SECOND, begunNanos);

  /**
   * Who he is.
   *
   * @param token null for nobody in particular
   */
  record Person(int number, @Nullable String token, boolean wantsRoom) {}

  Viewer(Row row, Person person) {
    this.row = row;
    this.person = person;
    this.placeIndex = person.number;
  }

  void open() {
    if (!isDone) {
      current = visit(last);
    }
  }

  /** What he has on his screen; null while he is away. */
  @Nullable Visit current() {
    return current;
  }

  /** Loses the socket as in a tunnel, where there is one. */
  void loseSocket() {
    if (current != null && current.isSettled()) {
      tally().add(Count.DROPPED_BY_US);
      current.drop("dropped by the tool");
    }
  }

  /** Goes for good. */
  void leave() {
    isDone = true;
    if (coming != null) {
      coming.leave();
    }
    if (current != null) {
      current.leave();
    }
  }

  void check(long now) {
    if (current != null) {
      current.check(now);
    }
    if (coming != null) {
      coming.check(now);
    }
  }

  /** Likes his room, or any; not sent while he is away, has liked too much, or is nobody. */
  void like() {
    Visit visit = current;
    RoomMirror mine = visit == null ? null : visit.room();
    String room = mine == null ? anyRoom() : mine.id();
    boolean may = room != null && person.token != null && likes.take(System.nanoTime());
    if (visit == null || room == null || !visit.isSettled() || !may) {
      tally().add(Count.LIKES_UNSENT);
      return;
    }
    visit.like(room);
  }

  String name() {
    return "viewer " + person.number;
  }

  @Nullable String token() {
    return person.token;
  }

  LoadOptions.Viewers view() {
    return row.scene().options().viewers();
  }

  boolean wantsRoom() {
    return person.wantsRoom;
  }

  boolean enters() {
    return view().enter() && person.token != null;
  }

  @Nullable String anyRoom() {
    return row.scene().stage().any(row.random());
  }

  Frame read(ByteBuf payload) {
    return row.frames().read(payload);
  }

  Hearts hearts() {
    return new Hearts(row.scene());
  }

  Tally tally() {
    return row.scene().tally();
  }

  Journal journal() {
    return row.scene().journal();
  }

  /** The visit has its view now. */
  void settled(Visit visit) {
    if (visit == coming) {
      Visit old = current;
      current = visit;
      coming = null;
      tally().add(Count.MOVED);
      if (old != null) {
        old.leave();
      }
    }
    failures = 0;
    if (!isIn) {
      isIn = true;
      row.scene().right().incrementAndGet();
    }
    if (last == null && lostNanos == 0) {
      tally().time(Time.OPENED).addNanos(System.nanoTime() - begunNanos);
    } else if (lostNanos != 0) {
      tally().time(Time.RIGHT_AGAIN).addNanos(System.nanoTime() - lostNanos);
    }
    lostNanos = 0;
    last = visit;
  }

  /** The server asks to be left: the new socket first, then the old one goes. */
  void goAway(Visit visit, int withinMs) {
    if (visit == current && coming == null) {
      long pause = (long) (row.random().nextDouble() * 0.9 * Math.max(0, withinMs));
      row.later(pause, () -> move(visit));
    }
  }

  void ended(Visit visit, Link.End end) {
    if (visit == coming) {
      coming = null;
      if (current == null) {
        comeBack(visit, end);
      }
    } else if (visit == current) {
      lost(visit, end);
    }
  }

  private void move(Visit from) {
    if (from == current && coming == null && !isDone) {
      placeIndex++;
      coming = visit(from);
    }
  }

  private void lost(Visit visit, Link.End end) {
    current = null;
    if (isIn) {
      isIn = false;
      row.scene().right().decrementAndGet();
    }
    if (isDone) {
      return;
    }
    tally().name("closed", end.code() == Link.End.ABNORMAL ? end.why() : end.code());
    if (visit.isSettled()) {
      tally().add(Count.LOST);
      lostNanos = lostNanos == 0 ? System.nanoTime() : lostNanos;
      last = visit;
    }
    if (coming != null) {
      current = coming;
      coming = null;
    } else {
      comeBack(visit, end);
    }
  }

  private void comeBack(Visit visit, Link.End end) {
    if (isDone) {
      return;
    }
    if (end.code() == BAD_TOKEN || end.code() == FORBIDDEN) {
      isDone = true;
      tally().add(Count.GIVEN_UP);
      return;
    }
    if (!visit.isOpen() || end.code() == DRAIN) {
      placeIndex++;
    }
    double most = Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS_FIRST * Math.pow(2, failures));
    failures++;
    double pause = row.random().nextDouble() * most;
    row.later(
        (long) pause + (end.code() == PROTOCOL_ERROR ? PAUSE_MILLIS_AFTER_FAULT : 0), this::open);
  }

  private Visit visit(@Nullable Visit before) {
    Visit visit = new Visit(this, row.scene().place(placeIndex), before);
    visit.begin(row.open(visit));
    return visit;
  }
}
