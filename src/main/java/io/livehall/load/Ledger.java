package io.livehall.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The likes of each room: how many were sent, and how many the server says it has counted. */
final class Ledger {
  private final Map<String, Entry> byRoom = new ConcurrentHashMap<>();

  /** Any thread may count. */
  static final class Entry {
    private final LongAdder sent = new LongAdder();
    private final LongAdder counted = new LongAdder();

    /** Whether the room can have so many, if nobody else likes it: those without an answer may. */
    boolean allows(long likes) {
      return likes >= counted.sum() && likes <= sent.sum();
    }

    @Override
    public String toString() {
      return "%d sent, %d answered".formatted(sent.sum(), counted.sum());
    }
  }

  void sent(String room) {
    entry(room).sent.increment();
  }

  void counted(String room, int likes) {
    entry(room).counted.add(likes);
  }

  Map<String, Entry> all() {
    return new TreeMap<>(byRoom);
  }

  private Entry entry(String room) {
    return byRoom.computeIfAbsent(room, r -> new Entry());
  }
}
