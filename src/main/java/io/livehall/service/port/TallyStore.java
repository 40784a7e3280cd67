package io.livehall.service.port;

import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.domain.Tally;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The counters as they are kept for good. None is ever lowered. */
public interface TallyStore {
  Future<Map<RoomId, Kept>> find(Collection<RoomId> rooms);

  /** Of rooms that are open. */
  Future<Void> save(Map<RoomId, Tally> tallies);

  /** Rooms that closed while their last counters could not be had. */
  Future<List<RoomId>> unsettled(int limit);

  /**
   * The last counters of rooms that closed without them.
   *
   * @param rooms all that are settled by this; of those without a tally, what was kept stays
   */
  Future<Void> settle(Map<RoomId, Tally> tallies, Collection<RoomId> rooms);

  record Kept(RoomState state, Tally tally) {}
}
