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
  private static final int LOOKED_AT_MAX = 1_000;

  private static final int OTHERS_MAX = 1_000;

  /** All others are seen in so many looks, if they are not too many. */
  private static final int ROUND = 5;

  private final CounterStore counters;
  private final Queue<RoomId> lookedAt = new ArrayDeque<>();
  private int next;

  CounterLooks(CounterStore counters) {
    this.counters = counters;
  }

  Future<Tallies> look(Hall hall, Supplier<Set<RoomId>> now) {
    if (lookedAt.isEmpty()) {
      lookedAt.addAll(now.get());
    }
    List<RoomId> rooms = new ArrayList<>();
    while (!lookedAt.isEmpty() && rooms.size() < LOOKED_AT_MAX) {
      rooms.add(lookedAt.poll());
    }
    int some = Math.min(OTHERS_MAX, (hall.size() + ROUND - 1) / ROUND);
    hall.rooms(next, some).stream().map(ListedRoom::id).forEach(rooms::add);
    next = next + some >= hall.size() ? 0 : next + some;
    return rooms.isEmpty()
        ? Future.succeededFuture(new Tallies(List.of()))
        : counters.look(rooms, 0).map(looks -> Tallies.of(rooms, looks));
  }
}
