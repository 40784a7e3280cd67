package io.livehall.load;

import java.util.Arrays;

/**
 * The rooms that a client was told are closed. It keeps the last 256: of one that was closed longer
 * ago it would not notice that it is back.
 */
final class ClosedRooms {
  private static final int KEPT_MAX = 256;

  private String[] ids;
  private long[] seqs;
  private int count;

  ClosedRooms() {
    this(new String[4], new long[4], 0);
  }

  private ClosedRooms(String[] ids, long[] seqs, int count) {
    this.ids = ids;
    this.seqs = seqs;
    this.count = count;
  }

  ClosedRooms copy() {
    return new ClosedRooms(ids.clone(), seqs.clone(), count);
  }

  void add(String id, long seq) {
    int known = indexOf(id);
    if (known >= 0) {
      seqs[known] = Math.min(seqs[known], seq);
      return;
    }
    if (count >= ids.length && ids.length < KEPT_MAX) {
      ids = Arrays.copyOf(ids, ids.length * 2);
      seqs = Arrays.copyOf(seqs, seqs.length * 2);
    }
    ids[count % ids.length] = id;
    seqs[count % ids.length] = seq;
    count++;
  }

  boolean has(String id) {
    return indexOf(id) >= 0;
  }

  /** Whether the room was closed at that position, or before. */
  boolean hasAt(String id, long seq) {
    int known = indexOf(id);
    return known >= 0 && seqs[known] <= seq;
  }

  void forget(String id) {
    int known = indexOf(id);
    if (known >= 0) {
      ids[known] = "";
    }
  }

  void clear() {
    count = 0;
  }

  private int indexOf(String id) {
    for (int i = 0; i < Math.min(count, ids.length); i++) {
      if (ids[i].equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
