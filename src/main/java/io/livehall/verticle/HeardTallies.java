package io.livehall.verticle;

import io.livehall.domain.RoomId;
import io.livehall.hall.Hall;
import io.livehall.hall.HallChange;
import io.livehall.hall.ListedRoom;
import io.livehall.protocol.RoomJson;
import io.livehall.service.RoomTally;
import io.livehall.service.Tallies;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest counters that were heard of each room, until the list shows them. There is at most one
 * for each room: a newer one takes the place of the old.
 */
final class HeardTallies {
  /** To take in more at once would hold up whoever shares the event loop; they wait in order. */
  private static final int AT_ONCE = 250;

  private final Map<RoomId, RoomTally> tallyById = new LinkedHashMap<>();

  void hear(Tallies tallies) {
    tallies.rooms().forEach(tally -> tallyById.put(tally.room(), tally));
  }

  /**
   * The hall with these counters, or with as many as go at once; the same one if none of them is
   * new. Rooms not on air have none.
   */
  Hall over(Hall hall) {
    List<HallChange> changes = new ArrayList<>();
    Iterator<RoomTally> waiting = tallyById.values().iterator();
    while (waiting.hasNext() && changes.size() < AT_ONCE) {
      RoomTally tally = waiting.next();
      waiting.remove();
      ListedRoom room = hall.find(tally.room());
      if (room != null) {
        ListedRoom counted = counted(room, tally);
        if (counted != room) {
          changes.add(new HallChange.Put(counted));
        }
      }
    }
    return changes.isEmpty() ? hall : hall.next(hall.at(), changes);
  }

  /** Likes are never taken back: fewer than are shown were counted before. */
  private static ListedRoom counted(ListedRoom room, RoomTally tally) {
    long likes = Math.max(room.likes(), tally.likes());
    boolean isSame =
        room.viewers() == tally.viewers() && room.likes() == likes && room.heat() == tally.heat();
    return isSame ? room : RoomJson.counted(room, tally.viewers(), likes, tally.heat());
  }
}
