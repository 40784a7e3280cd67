package io.livehall.load;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * When the hosts sent their calls, so that it is known how late they are seen. It keeps the last
 * 20,000 calls; what is older is not timed. Any thread may ask.
 */
final class Journal {
  private static final int KEPT_MAX = 20_000;

  private record Key(Step.Kind kind, String room, String title) {}

  /** A call, and the position at which somebody first saw what it did; 0 for nobody yet. */
  private record Call(long sentNanos, AtomicLong seenSeq) {}

  private final Map<Key, Call> calls = new ConcurrentHashMap<>();
  private final Queue<Key> byAge = new ConcurrentLinkedQueue<>();
  private final Map<String, Closing> closings = new ConcurrentHashMap<>();

  /**
   * @param title after an edit; what else is done to a room happens once
   */
  void sent(Step.Kind kind, String room, String title) {
    Key key = key(kind, room, title);
    calls.put(key, new Call(System.nanoTime(), new AtomicLong()));
    byAge.add(key);
    if (kind == Step.Kind.CLOSED) {
      closings.put(room, new Closing());
    }
    while (calls.size() > KEPT_MAX) {
      Key oldest = byAge.poll();
      if (oldest != null) {
        calls.remove(oldest);
        closings.remove(oldest.room);
      }
    }
  }

  /** What was sent until now is not timed any more: nobody looked when it was done. */
  void forget() {
    calls.clear();
    byAge.clear();
    closings.clear();
  }

  /**
   * How long ago the call was sent whose effect a delta shows; -1 where that is no news. A room
   * that comes into view again because another left it was listed long ago: then somebody has seen
   * it at a position that the delta begins after.
   */
  long ageNanos(Step.Change change, Frame.Delta delta) {
    Call call = find(change);
    if (call == null) {
      return -1;
    }
    call.seenSeq.compareAndSet(0, delta.seq());
    return delta.prev() < call.seenSeq.get() ? System.nanoTime() - call.sentNanos : -1;
  }

  /** The same for what is told in the room itself, which is always news. */
  long ageNanos(Step.Change change) {
    Call call = find(change);
    return call == null ? -1 : System.nanoTime() - call.sentNanos;
  }

  /**
   * A viewer was told that a room is closed; timed from the moment the server names, once known.
   */
  void closedSeen(String room, Histogram times) {
    Closing closing = closings.get(room);
    if (closing != null) {
      closing.seen(System.currentTimeMillis(), times);
    }
  }

  /** The server says when it closed the room. */
  void closedAt(String room, long epochMillis) {
    Closing closing = closings.get(room);
    if (closing != null) {
      closing.answered(epochMillis);
    }
  }

  private @Nullable Call find(Step.Change change) {
    return calls.get(key(change.kind(), change.room(), change.title()));
  }

  private static Key key(Step.Kind kind, String room, String title) {
    return new Key(kind, room, kind == Step.Kind.EDITED ? title : "");
  }
}
