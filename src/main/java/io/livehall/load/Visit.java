package io.livehall.load;

import io.livehall.load.Tally.Count;
import io.livehall.load.Tally.Time;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A viewer on one socket: from hello to its end. It is given up if the view is not there within 15
 * s, or if nothing comes for 45 s; what was asked for and is not answered is asked for again after
 * 10 s.
 */
final class Visit implements Link.User {
  private static final long VIEW_NANOS_MAX = TimeUnit.SECONDS.toNanos(15);
  private static final long ANSWER_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
  private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(45);
  private static final int NORMAL = 1000;

  private final Viewer viewer;
  private final Place place;
  private final ListMirror list;
  private final boolean resumes;
  private final Seat seat;
  private final Hearts hearts;
  private @Nullable Link link;
  private final long begunNanos = System.nanoTime();
  private long heardNanos = begunNanos;
  private long askedNanos;
  private boolean isOpen;
  private boolean isSettled;

  /**
   * @param before the viewer's last visit; null for his first
   */
  Visit(Viewer viewer, Place place, @Nullable Visit before) {
    this.viewer = viewer;
    this.place = place;
    this.list = before == null ? new ListMirror(viewer.view().channel()) : before.list.next();
    this.resumes = list.since() != null;
    this.seat = new Seat(viewer, this, before == null ? null : before.room());
    this.hearts = viewer.hearts();
  }

  void begin(Link opened) {
    link = opened;
  }

  Place place() {
    return place;
  }

  ListMirror list() {
    return list;
  }

  @Nullable RoomMirror room() {
    return seat.room();
  }

  /** Whether it was let in. */
  boolean isOpen() {
    return isOpen;
  }

  /** Whether it has its view. */
  boolean isSettled() {
    return isSettled;
  }

  void say(String text) {
    if (link != null) {
      link.send(text);
    }
  }

  void like(String room) {
    hearts.sent(room);
    say(Words.like(room));
  }

  void leave() {
    if (link != null) {
      link.close(NORMAL);
    }
  }

  void drop(String why) {
    if (link != null) {
      link.drop(why);
    }
  }

  /** To be called about once a second. */
  void check(long now) {
    if (now - heardNanos > SILENCE_NANOS_MAX) {
      tally().add(Count.SILENT);
      drop("silent");
    } else if (!isSettled && now - begunNanos > VIEW_NANOS_MAX) {
      drop("no view in time");
    } else if (isSettled && askedNanos != 0 && now - askedNanos > ANSWER_NANOS_MAX) {
      resync(list.channel());
    }
    if (isSettled) {
      seat.check(now);
    }
  }

  /** Counts what is wrong, and asks again where that helps. */
  void judge(Step step, Frame frame, Mirror mirror) {
    if (step.verdict().isWrong()) {
      tally().wrong(step.verdict(), viewer.name(), frame);
    }
    if (step.asksResync()) {
      resync(mirror.channel());
    }
  }

  @Override
  public void opened() {
    say(Words.hello(viewer.token()));
  }

  @Override
  public void text(ByteBuf payload, int wireBytes) {
    heardNanos = System.nanoTime();
    Frame frame = viewer.read(payload);
    tally().frame(frame, wireBytes);
    if (frame instanceof Frame.Welcome) {
      greeted();
    } else if (frame instanceof Frame.Liked liked) {
      hearts.counted(liked);
    } else if (frame instanceof Frame.Entered) {
      tally().add(Count.ENTERED);
    } else if (frame instanceof Frame.Refused refused) {
      refused(refused);
    } else if (frame instanceof Frame.GoAway away) {
      viewer.goAway(this, away.withinMs());
    } else if (frame instanceof Frame.Malformed) {
      tally().wrong(Verdict.BROKEN, viewer.name(), frame);
    } else {
      show(frame);
      seat.show(frame);
    }
  }

  @Override
  public void ended(Link.End end) {
    viewer.ended(this, end);
    hearts.end();
    isSettled = false;
  }

  private void greeted() {
    if (isOpen) {
      return;
    }
    isOpen = true;
    say(Words.list(viewer.view(), list.since()));
    seat.takeAgain();
  }

  private void refused(Frame.Refused refused) {
    tally().name("refused", refused.code());
    hearts.refused(refused);
    seat.refused(refused);
  }

  private void show(Frame frame) {
    Step step = list.apply(frame);
    judge(step, frame, list);
    boolean isView = frame instanceof Frame.Snap || frame instanceof Frame.Delta;
    if (!isView || step.verdict() == Verdict.IGNORED || step.asksResync()) {
      return;
    }
    askedNanos = 0;
    if (!isSettled) {
      settle(frame);
    } else if (frame instanceof Frame.Delta delta) {
      step.changes().forEach(change -> time(change, delta));
    }
  }

  private void settle(Frame frame) {
    isSettled = true;
    if (resumes) {
      boolean isDelta = frame instanceof Frame.Delta;
      tally().add(isDelta ? Count.RESUMED_BY_DELTA : Count.RESUMED_BY_SNAP);
    }
    viewer.settled(this);
    seat.take();
  }

  private void time(Step.Change change, Frame.Delta delta) {
    if (change.kind() == Step.Kind.LISTED && !viewer.view().showsNewAtOnce()) {
      return;
    }
    long age = viewer.journal().ageNanos(change, delta);
    if (age >= 0) {
      Time time =
          switch (change.kind()) {
            case LISTED -> Time.LISTED;
            case EDITED -> Time.EDITED;
            case CLOSED -> Time.CLOSED;
          };
      tally().time(time).addNanos(age);
    }
  }

  private void resync(String channel) {
    tally().add(Count.RESYNCS);
    askedNanos = channel.equals(list.channel()) ? System.nanoTime() : askedNanos;
    say(Words.resync(channel));
  }

  private Tally tally() {
    return viewer.tally();
  }
}
