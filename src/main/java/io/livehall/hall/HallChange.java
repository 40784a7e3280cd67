package io.livehall.hall;

import io.livehall.domain.RoomId;

/** What can happen to the list. Both are absolute: applying one twice is harmless. */
public sealed interface HallChange {
  /** Lists the room, in place of what was listed under its id. */
  record Put(ListedRoom room) implements HallChange {}

  /** Takes the room off the list; nothing if it is not on it. */
  record Remove(RoomId id) implements HallChange {}
}
