package io.livehall.service;

import io.livehall.domain.Heat;
import io.livehall.domain.RoomId;
import io.livehall.service.port.CounterStore.Look;
import java.io.Serializable;

/** The counters of one room as the list shows them. */
public record RoomTally(RoomId room, long viewers, long likes, long heat) implements Serializable {
  public static RoomTally of(RoomId room, Look look) {
    long viewers = look.tally().viewers();
    return new RoomTally(room, viewers, look.tally().likes(), Heat.of(viewers, look.recent()));
  }
}
