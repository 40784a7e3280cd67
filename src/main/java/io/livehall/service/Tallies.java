package io.livehall.service;

import io.livehall.domain.RoomId;
import io.livehall.service.port.CounterStore.Look;
import io.livehall.service.port.CounterStore.State;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Counters of rooms as they are now, told to every node: absolute, so a lost one does no harm. */
public record Tallies(List<RoomTally> rooms) implements Serializable {
  /** Of those that are counted. */
  public static Tallies of(List<RoomId> rooms, List<Look> looks) {
    List<RoomTally> tallies = new ArrayList<>(rooms.size());
    for (int i = 0; i < rooms.size(); i++) {
      if (looks.get(i).state() == State.COUNTED) {
        tallies.add(RoomTally.of(rooms.get(i), looks.get(i)));
      }
    }
    return new Tallies(tallies);
  }
}
