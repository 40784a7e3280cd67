package io.livehall.service;

import io.livehall.domain.RoomId;
import io.livehall.domain.Viewer;
import java.io.Serializable;
import java.util.List;

/**
 * Who came into rooms and left them, told to every node. Not everyone is named: where many come and
 * go, the counters tell how many are there.
 */
public record Presence(List<Moves> rooms) implements Serializable {
  public record Moves(RoomId room, List<Viewer> joined, List<Viewer> left)
      implements Serializable {}
}
