package io.livehall.load;

import io.livehall.load.Tally.Count;
import io.livehall.load.Tally.Time;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/** The likes that were sent on one socket, and what became of them. Belongs to its loop. */
final class Hearts {
  private final Scene scene;
  private final Queue<Sent> unanswered = new ArrayDeque<>();

  private record Sent(String room, long nanos) {}

  Hearts(Scene scene) {
    this.scene = scene;
  }

  void sent(String room) {
    unanswered.add(new Sent(room, System.nanoTime()));
    scene.ledger().sent(room);
    scene.tally().add(Count.LIKES_SENT);
  }

  /** Some of them are counted: the oldest of that room. */
  void counted(Frame.Liked liked) {
    scene.ledger().counted(liked.room(), liked.count());
    scene.tally().add(Count.LIKED, liked.count());
    long now = System.nanoTime();
    int left = liked.count();
    for (Iterator<Sent> all = unanswered.iterator(); left > 0 && all.hasNext(); ) {
      Sent one = all.next();
      if (one.room.equals(liked.room())) {
        scene.tally().time(Time.LIKED).addNanos(now - one.nanos);
        all.remove();
        left--;
      }
    }
  }

  /** One answer stands for all that were refused together. */
  void refused(Frame.Refused refused) {
    int before = unanswered.size();
    unanswered.removeIf(one -> one.room.equals(refused.room()));
    scene.tally().add(Count.LIKES_REFUSED, before - unanswered.size());
  }

  /** The socket is lost, and with it their answers. */
  void end() {
    scene.tally().add(Count.LIKES_LOST, unanswered.size());
    unanswered.clear();
  }
}
