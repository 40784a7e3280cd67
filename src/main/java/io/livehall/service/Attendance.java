package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Who is in which room through the sockets of this node, which keeps their leases alive as long as
 * the sockets stand. Who has two tabs is in the room once, until both are closed. Any thread.
 */
public final class Attendance {
  /** A lease is renewed three times before it would end. */
  private static final int RENEWALS = 3;

  /** With one call; those who came at the same moment are spread over several by it. */
  private static final int RENEWED_AT_ONCE = 5_000;

  private final Audience audience;
  private final long renewAfter;
  private final LongSupplier nanos;
  private final Map<Key, Held> heldByKey = new ConcurrentHashMap<>();
  private volatile boolean isLeaving;

  private record Key(RoomId room, UserId user) {}

  /**
   * @param sockets through how many of them he is here, or is just entering
   */
  private record Held(Viewer viewer, int sockets, long renewedAt) {
    Held renewed(long at) {
      return new Held(viewer, sockets, at);
    }
  }

  public Attendance(Audience audience, Duration leaseFor) {
    this(audience, leaseFor, System::nanoTime);
  }

  Attendance(Audience audience, Duration leaseFor, LongSupplier nanos) {
    this.audience = audience;
    this.renewAfter = leaseFor.toNanos() / RENEWALS;
    this.nanos = nanos;
  }

  public int size() {
    return heldByKey.size();
  }

  /**
   * One more socket of this viewer is in the room. It counts at once, so that who leaves while he
   * still enters has left; who could not enter need not leave.
   */
  public Future<Void> enter(RoomId room, Viewer viewer) {
    Key key = new Key(room, viewer.id());
    heldByKey.merge(
        key,
        new Held(viewer, 1, nanos.getAsLong()),
        (old, one) -> new Held(viewer, old.sockets + 1, one.renewedAt));
    return audience.enter(room, viewer).onFailure(trouble -> release(key));
  }

  /** One socket less. With the last one he leaves the room. */
  public Future<Void> leave(RoomId room, UserId user) {
    boolean isHereStill = release(new Key(room, user));
    // A node that stops sends its viewers elsewhere: they have not left.
    return isHereStill || isLeaving ? Future.succeededFuture() : audience.depart(room, user);
  }

  /** The room is over, and nobody is in it any more: there is nothing to say to anyone. */
  public void over(RoomId room, UserId user) {
    heldByKey.remove(new Key(room, user));
  }

  /** Whether he has other sockets here. */
  private boolean release(Key key) {
    Held left =
        heldByKey.computeIfPresent(
            key,
            (same, held) ->
                held.sockets == 1 ? null : new Held(held.viewer, held.sockets - 1, held.renewedAt));
    return left != null;
  }

  /** To be called every second or so: renews what is due. */
  public void renew() {
    long now = nanos.getAsLong();
    int renewed = 0;
    for (Map.Entry<Key, Held> entry : heldByKey.entrySet()) {
      Key key = entry.getKey();
      Held held = entry.getValue();
      boolean isDue = now - held.renewedAt >= renewAfter;
      // Of those who call at the same time, one succeeds.
      if (isDue && heldByKey.replace(key, held, held.renewed(now))) {
        audience
            .stay(key.room, held.viewer)
            .onSuccess(is -> leaveIfGone(key))
            .onFailure(trouble -> retryUnlessOver(key, trouble));
        if (++renewed == RENEWED_AT_ONCE) {
          return;
        }
      }
    }
  }

  /** Somebody is told to have left: who left elsewhere, and is here too, has not. */
  public void hear(Presence presence) {
    for (Presence.Moves moves : presence.rooms()) {
      for (Viewer viewer : moves.left()) {
        Key key = new Key(moves.room(), viewer.id());
        Held held = heldByKey.get(key);
        if (held != null) {
          // If that fails, he enters again when his lease is to be renewed.
          audience.enter(key.room, held.viewer).onSuccess(is -> leaveIfGone(key));
        }
      }
    }
  }

  /** The node stops: leases run out by themselves, or are taken over by another node. */
  public void stopping() {
    isLeaving = true;
  }

  /** His last socket may have gone while he was said to be here; that he left came before it. */
  private void leaveIfGone(Key key) {
    if (!isLeaving && !heldByKey.containsKey(key)) {
      audience.depart(key.room, key.user);
    }
  }

  /** A room that is over needs no lease; what else fails is tried again the next time. */
  private void retryUnlessOver(Key key, Throwable trouble) {
    boolean isOver =
        trouble instanceof LiveException refused
            && (refused.code() == ErrorCode.ROOM_CLOSED
                || refused.code() == ErrorCode.ROOM_NOT_FOUND);
    if (isOver) {
      heldByKey.remove(key);
    } else {
      long due = nanos.getAsLong() - renewAfter;
      heldByKey.computeIfPresent(key, (same, held) -> held.renewed(due));
    }
  }
}
