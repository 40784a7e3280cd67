package io.livehall.service;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.port.CounterStore.Grant;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How many likes users may give without being asked about, and who may give none for a while. Who
 * was not heard of for a second is lent one like; only if he goes on is it asked for, with the
 * next. What was granted is taken from the user's bucket already; so what is forgotten here, by its
 * time or for want of room, costs nothing but another question, and one like. Any thread may ask.
 */
public final class Allowances {
  /** He was refused a moment ago, and it is known until when. */
  static final int NONE_FOR_A_WHILE = -1;

  /** So many users of rooms are known; of those that share four places the oldest goes. */
  private static final int PLACES = 1 << 18;

  private static final int SHARED = 4;

  /** Whatever the limit is, a user may give a like to a room each second. */
  private static final int LENT_FOR_MS = 1_000;

  private static final long NANOS_PER_MS = 1_000_000;

  /** Secret, so that nobody can choose a name that takes the place of another's. */
  private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

  /** One like was lent, and is owed. */
  private static final long LENT = 1;

  /**
   * What is left was not given in time; it can't be any more, and flows back when he is asked
   * about.
   */
  private static final long OVER = 2;

  private static final int LOCKS = 64;

  private final int goodForMs;

  /** Each for the places of some users: two event loops seldom want the same one. */
  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  /**
   * Each place is two numbers side by side, so that no like waits for more than one look into
   * memory: whose it is, 0 where it is empty; and what he has, see {@link #state}.
   */
  private final long[] table = new long[2 * PLACES];

  /**
   * @param goodFor in this time as much flows back into a bucket as is granted at most
   */
  public Allowances(Duration goodFor) {
    this.goodForMs = (int) goodFor.toMillis();
  }

  /** How many of these likes he may give; the others must be asked for. */
  int take(RoomId room, UserId user, int likes, long nanos) {
    long key = key(room, user);
    synchronized (lock(key)) {
      return take(key, likes, millis(nanos));
    }
  }

  /**
   * What else must be settled now that he is asked about: how many he was lent, less those which
   * were granted and which he did not give in time.
   */
  int takeOwed(RoomId room, UserId user, long nanos) {
    long key = key(room, user);
    synchronized (lock(key)) {
      return takeOwed(key, millis(nanos));
    }
  }

  void granted(RoomId room, UserId user, Grant grant, long nanos) {
    long key = key(room, user);
    synchronized (lock(key)) {
      granted(key, grant, millis(nanos));
    }
  }

  private int take(long key, int likes, long now) {
    int at = find(key);
    long state = at < 0 ? 0 : table[at + 1];
    if (at < 0 || until(state) <= now) {
      if (likes == 1) {
        keep(key, state(now + LENT_FOR_MS, Math.max(0, left(state)), OVER | LENT));
      }
      return likes == 1 ? 1 : 0;
    }
    if (left(state) == NONE_FOR_A_WHILE) {
      return NONE_FOR_A_WHILE;
    }
    if (is(state, OVER)) {
      return 0;
    }
    int taken = Math.min(left(state), likes);
    table[at + 1] = state(until(state), left(state) - taken, state & LENT);
    return taken;
  }

  private int takeOwed(long key, long now) {
    int at = find(key);
    if (at < 0) {
      return 0;
    }
    long state = table[at + 1];
    boolean isOver = until(state) <= now;
    int lent = is(state, LENT) && !isOver ? 1 : 0;
    int unused = isOver || is(state, OVER) ? Math.max(0, left(state)) : 0;
    table[at + 1] = state(until(state), left(state) - unused, state & OVER);
    return lent - unused;
  }

  private void granted(long key, Grant grant, long now) {
    int at = find(key);
    long before = at < 0 || until(table[at + 1]) <= now ? 0 : table[at + 1];
    // He may have been asked about twice at the same time.
    int left = (is(before, OVER) ? 0 : Math.max(0, left(before))) + grant.beyond();
    boolean isRefused = left == 0 && grant.waitMs() > 0;
    long until = now + (isRefused ? grant.waitMs() : goodForMs);
    keep(key, state(until, isRefused ? NONE_FOR_A_WHILE : left, before & LENT));
  }

  private int find(long key) {
    int first = first(key);
    for (int at = first; at < first + 2 * SHARED; at += 2) {
      if (table[at] == key) {
        return at;
      }
    }
    return -1;
  }

  /** In his own place, an empty one, or that of whose time ends first. */
  private void keep(long key, long state) {
    int first = first(key);
    int best = first;
    for (int at = first; at < first + 2 * SHARED; at += 2) {
      if (table[at] == key || table[at] == 0) {
        best = at;
        break;
      }
      if (until(table[at + 1]) < until(table[best + 1])) {
        best = at;
      }
    }
    table[best] = key;
    table[best + 1] = state;
  }

  private static int first(long key) {
    return 2 * ((int) (key >>> 32) & (PLACES - SHARED));
  }

  /** Those who share places share a lock. */
  private Object lock(long key) {
    return locks[first(key) / (2 * SHARED) % LOCKS];
  }

  private static long millis(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_MS);
  }

  /** Never 0. */
  private static long key(RoomId room, UserId user) {
    long key = (room.head() * MULTIPLIER + room.tail()) * MULTIPLIER;
    String name = user.value();
    for (int i = 0; i < name.length(); i++) {
      key = (key + name.charAt(i)) * MULTIPLIER;
    }
    return key | 1;
  }

  /** 38 bits: until when it is good, in milliseconds; 24: how many are left; 2: the flags. */
  private static long state(long until, int left, long flags) {
    return until << 26 | (left & 0xFFFFFFL) << 2 | flags;
  }

  private static long until(long state) {
    return state >> 26;
  }

  private static int left(long state) {
    return (int) (state << 38 >> 40);
  }

  private static boolean is(long state, long flag) {
    return (state & flag) != 0;
  }
}
