package io.livehall.service;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.vertx.core.Future;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Likes for rooms. Each event loop counts those that arrive on it, with a line of its own to where
 * they are counted: so nothing stands between a like and its answer but that.
 */
public final class Likes {
  /** So many one call may give. */
  public static final int COUNT_MAX = 20;

  private final Rooms rooms;
  private final Function<Executor, LikeCounter> make;
  private final ThreadLocal<@Nullable LikeCounter> here = new ThreadLocal<>();
  private final Queue<LikeCounter> counters = new ConcurrentLinkedQueue<>();

  /**
   * @param make the counter of an event loop, made on it
   */
  public Likes(Rooms rooms, Function<Executor, LikeCounter> make) {
    this.rooms = rooms;
    this.make = make;
  }

  /**
   * Called on each event loop on which likes will arrive, before they do.
   *
   * @param soon does what it is given later on that loop: best when all that had arrived was read
   */
  public Future<Void> begin(Executor soon) {
    LikeCounter counter = here.get();
    if (counter == null) {
      counter = make.apply(soon);
      here.set(counter);
      counters.add(counter);
    }
    return counter.reached();
  }

  /**
   * How many of them were counted, at least one. Fails RATE_LIMITED if this user has given too many
   * to this room.
   */
  public Future<Integer> like(RoomId room, UserId user, int count) {
    LikeCounter counter = here.get();
    if (counter == null) {
      throw new IllegalStateException("nobody counts likes on this thread");
    }
    var like = new LikeCounter.Like(room, user, count);
    Future<Void> live = rooms.requireLive(room);
    return live.succeeded() ? counter.take(like) : live.compose(is -> counter.take(like));
  }

  /** About how many wait to be written. */
  public int waiting() {
    return counters.stream().mapToInt(LikeCounter::waiting).sum();
  }

  /** Tells which rooms were liked on this event loop since. */
  public void tell() {
    LikeCounter counter = here.get();
    if (counter != null) {
      counter.tell();
    }
  }
}
