package io.livehall.verticle;

import io.livehall.domain.RoomId;
import io.livehall.hall.Hall;
import io.livehall.hall.ListedRoom;
import io.livehall.service.Tallies;
import io.livehall.service.port.CounterStore;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What this node's list asks the counters for by itself: leases run out without a word, and the bus
 * promises nothing. So what people look at is right within a second or two, and all else by and by.
 */
final class CounterLooks {
  /** With each look; where people look at more, the others have their turn with the next. */
  private static final int LOOKED_AT_MAX = 250;

  /** About; to look at more at once would hold up who counts. */
  private static final int OTHERS_MAX = 250;

  /** All others are seen in so many looks, if they are not too many. */
  private static final int ROUND = 20;

  private final CounterStore counters;
  private final boolean isToldOfAll;
  private final Queue<RoomId> lookedAt = new ArrayDeque<>();
  private int next;

  /**
   * @param isToldOfAll only what people look at is left to look at
   */
  CounterLooks(CounterStore counters, boolean isToldOfAll) {
    this.counters = counters;
    this.isToldOfAll = isToldOfAll;
  }

  Future<Tallies> look(Hall hall, Supplier<Set<RoomId>> now) {
    if (lookedAt.isEmpty()) {
      lookedAt.addAll(now.get());
    }
    List<RoomId> rooms = new ArrayList<>();
    while (!lookedAt.isEmpty() && rooms.size() < LOOKED_AT_MAX) {
      rooms.add(lookedAt.poll());
    }
    if (!isToldOfAll) {
      int parts = Math.max(ROUND, hall.size() / OTHERS_MAX + 1);
      hall.part(next % parts, parts).stream().map(ListedRoom::id).forEach(rooms::add);
      next = (next + 1) % parts;
    }
    return rooms.isEmpty()
        ? Future.succeededFuture(new Tallies(List.of()))
        : counters.look(rooms, 0).map(looks -> Tallies.of(rooms, looks));
  }
}
