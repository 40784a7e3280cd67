package io.livehall.service;

import io.livehall.domain.RoomId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Rooms that wait for their turn, each once, the first first. Its ids are beside each other in
 * memory, since it is asked with every like whether its room waits already.
 */
final class RoomQueue {
  private static final int PLACES_MIN = 64;

  private final ArrayDeque<RoomId> queue = new ArrayDeque<>();

  /**
   * Two numbers for each place, 0 where nobody is; a power of two, at least twice as many places as
   * rooms. A room is in its own place, or else in the next that was free.
   */
  private long[] ids = new long[2 * PLACES_MIN];

  int size() {
    return queue.size();
  }

  void add(RoomId room) {
    if (4 * (queue.size() + 1) > ids.length) {
      spread(2 * ids.length);
    }
    int at = indexOf(room);
    if (at < 0) {
      set(~at, room);
      queue.add(room);
    }
  }

  /** Takes out those whose turn it is. */
  List<RoomId> poll(int max) {
    List<RoomId> rooms = new ArrayList<>(Math.min(max, queue.size()));
    while (rooms.size() < max && !queue.isEmpty()) {
      RoomId room = queue.remove();
      clear(indexOf(room));
      rooms.add(room);
    }
    if (queue.isEmpty()) {
      ids = new long[2 * PLACES_MIN];
    }
    return rooms;
  }

  private void spread(int length) {
    ids = new long[length];
    queue.forEach(room -> set(~indexOf(room), room));
  }

  /** Where the room is, or the complement of where it could be. */
  private int indexOf(RoomId room) {
    int at = room.hashCode() & (places() - 1);
    while (ids[2 * at] != 0) {
      if (ids[2 * at] == room.head() && ids[2 * at + 1] == room.tail()) {
        return at;
      }
      at = after(at);
    }
    return ~at;
  }

  private void set(int at, RoomId room) {
    ids[2 * at] = room.head();
    ids[2 * at + 1] = room.tail();
  }

  /** Those behind it up to the next free place may have wanted its place. */
  private void clear(int at) {
    ids[2 * at] = 0;
    for (int next = after(at); ids[2 * next] != 0; next = after(next)) {
      var room = new RoomId(ids[2 * next], ids[2 * next + 1]);
      ids[2 * next] = 0;
      set(~indexOf(room), room);
    }
  }

  private int after(int at) {
    return (at + 1) & (places() - 1);
  }

  private int places() {
    return ids.length / 2;
  }
}
