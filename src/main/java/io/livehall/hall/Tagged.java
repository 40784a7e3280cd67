package io.livehall.hall;

import io.livehall.domain.RoomId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A room under one of its tags. It repeats what the orders look at, and its tag is interned, so
 * that a comparison looks into one object: a search waits for memory, not for the processor.
 */
record Tagged(String tag, long heat, long liveAt, ListedRoom room) implements Ranked {
  /** An entry for each of the room's tags. */
  static List<Tagged> of(ListedRoom room) {
    var entries = new ArrayList<Tagged>(room.tags().size());
    for (var tag : room.tags()) {
      entries.add(of(tag, room));
    }
    return entries;
  }

  static Tagged of(String tag, ListedRoom room) {
    return new Tagged(tag.intern(), room.heat(), room.liveAt(), room);
  }

  @Override
  public RoomId id() {
    return room.id();
  }

  /** Tag by tag, and in the given order within each. */
  static Comparator<Tagged> order(Comparator<Ranked> within) {
    return (a, b) -> {
      int byTag = a.compareTag(b.tag);
      return byTag != 0 ? byTag : within.compare(a, b);
    };
  }

  @SuppressWarnings("ReferenceEquality") // a short cut only
  int compareTag(String other) {
    return tag == other ? 0 : tag.compareTo(other);
  }
}
