package io.livehall.load;

import io.livehall.load.Tally.Time;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A viewer's seat in a room, for those who want one: when the room closes he goes into another. A
 * subscription that is not answered within 10 s is made again.
 */
final class Seat {
  private static final long ANSWER_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

  private final Viewer viewer;
  private final Visit visit;
  private @Nullable RoomMirror room;
  private long askedNanos;

  /**
   * @param before where he sat last; null for nowhere
   */
  Seat(Viewer viewer, Visit visit, @Nullable RoomMirror before) {
    this.viewer = viewer;
    this.visit = visit;
    this.room = before == null ? null : before.next();
  }

  @Nullable RoomMirror room() {
    return room;
  }

  /** Goes into a room, where he wants one and there is one. */
  void take() {
    String id = room == null && viewer.wantsRoom() ? viewer.anyRoom() : null;
    if (id != null) {
      room = new RoomMirror(id);
      subscribe(id);
    }
  }

  /** On another socket. */
  void takeAgain() {
    if (room != null) {
      subscribe(room.id());
    }
  }

  void check(long now) {
    if (room == null) {
      take();
    } else if (askedNanos != 0 && now - askedNanos > ANSWER_NANOS_MAX) {
      takeAgain();
    }
  }

  void refused(Frame.Refused refused) {
    boolean isNoRoom = refused.code().equals("ROOM_NOT_FOUND");
    if (isNoRoom && room != null && room.id().equals(refused.room())) {
      room = null;
    }
  }

  void show(Frame frame) {
    RoomMirror mine = room;
    if (mine == null) {
      return;
    }
    boolean wasShown = mine.room() != null;
    Step step = mine.apply(frame);
    visit.judge(step, frame, mine);
    if (step.verdict() == Verdict.APPLIED) {
      askedNanos = 0;
    }
    if (wasShown) {
      step.changes().forEach(this::time);
    }
    if (mine.isOver()) {
      room = null;
      take();
    }
  }

  private void time(Step.Change change) {
    boolean isClosed = change.kind() == Step.Kind.CLOSED;
    Tally tally = viewer.tally();
    long age = viewer.journal().ageNanos(change);
    if (age >= 0) {
      tally.time(isClosed ? Time.ROOM_CLOSED : Time.ROOM_EDITED).addNanos(age);
    }
    if (isClosed) {
      viewer.journal().closedSeen(change.room(), tally.time(Time.ROOM_CLOSED_AT));
    }
  }

  private void subscribe(String id) {
    askedNanos = System.nanoTime();
    visit.say(Words.room(id));
    if (viewer.enters()) {
      visit.say(Words.enter(id));
    }
  }
}
