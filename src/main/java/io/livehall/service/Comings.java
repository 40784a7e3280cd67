package io.livehall.service;

import io.livehall.domain.RoomId;
import io.livehall.domain.Viewer;
import io.livehall.service.Presence.Moves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who came and left since it was last told: of each room the first few by name, and of so many
 * rooms. Belongs to one event loop.
 */
final class Comings {
  private static final int ROOMS_MAX = 2_000;

  private final int namesMax;
  private final Map<RoomId, Moves> movesByRoom = new LinkedHashMap<>();

  /**
   * @param namesMax of one room at a time; whoever comes beyond it is only counted
   */
  Comings(int namesMax) {
    this.namesMax = namesMax;
  }

  void came(RoomId room, Viewer viewer) {
    add(room, viewer, true);
  }

  void left(RoomId room, Viewer viewer) {
    add(room, viewer, false);
  }

  Presence drain() {
    var presence = new Presence(List.copyOf(movesByRoom.values()));
    movesByRoom.clear();
    return presence;
  }

  private void add(RoomId room, Viewer viewer, boolean hasCome) {
    Moves moves = movesByRoom.get(room);
    if (moves == null) {
      if (movesByRoom.size() >= ROOMS_MAX) {
        return;
      }
      moves = new Moves(room, new ArrayList<>(), new ArrayList<>());
      movesByRoom.put(room, moves);
    }
    if (moves.joined().size() + moves.left().size() < namesMax) {
      (hasCome ? moves.joined() : moves.left()).add(viewer);
    }
  }
}
