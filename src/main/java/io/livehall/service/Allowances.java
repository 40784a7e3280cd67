package io.livehall.service;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.port.CounterStore.Grant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many likes users may give without being asked about again, and who may give none for a while.
 * What was granted is taken from the user's bucket already; so what is forgotten here, by its time
 * or for want of room, costs nothing but another question.
 */
final class Allowances {
  /** He was refused a moment ago, and it is known until when. */
  static final int NONE_FOR_A_WHILE = -1;

  private static final int KEPT_MAX = 200_000;
  private static final long NANOS_PER_MS = 1_000_000;

  private final long goodFor;
  private final Map<Key, Allowance> byUser =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Allowance> eldest) {
          return size() > KEPT_MAX;
        }
      };

  private record Key(RoomId room, UserId user) {}

  private static final class Allowance {
    int left;
    long until;
  }

  /**
   * @param goodFor in this time as much flows back into a bucket as is granted at most
   */
  Allowances(Duration goodFor) {
    this.goodFor = goodFor.toNanos();
  }

  /** How many of these likes are granted already; the others must be asked for. */
  int take(RoomId room, UserId user, int likes, long now) {
    Key key = new Key(room, user);
    Allowance allowance = byUser.get(key);
    if (allowance == null) {
      return 0;
    }
    if (allowance.until - now <= 0) {
      byUser.remove(key);
      return 0;
    }
    if (allowance.left == 0) {
      return NONE_FOR_A_WHILE;
    }
    int taken = Math.min(allowance.left, likes);
    allowance.left -= taken;
    if (allowance.left == 0) {
      byUser.remove(key);
    }
    return taken;
  }

  void granted(RoomId room, UserId user, Grant grant, long now) {
    if (grant.beyond() == 0 && grant.taken() > 0) {
      return;
    }
    Key key = new Key(room, user);
    byUser.remove(key);
    Allowance allowance = new Allowance();
    allowance.left = grant.beyond();
    allowance.until = now + (grant.taken() > 0 ? goodFor : grant.waitMs() * NANOS_PER_MS);
    byUser.put(key, allowance);
  }
}
