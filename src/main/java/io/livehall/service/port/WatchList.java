package io.livehall.service.port;

import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The open rooms and when each is next to be looked at. Many nodes work it off together, without a
 * leader.
 */
public interface WatchList {

  /**
   * Takes rooms that are due, at most {@code limit}, for {@code hold}; a claim that is not settled
   * runs out.
   */
  Future<List<Claim>> claim(int limit, Duration hold);

  /**
   * Says when the claimed rooms are due again. A room whose time somebody else has set since keeps
   * that.
   */
  Future<Void> settle(Map<Claim, Instant> dueAt);

  /**
   * @param number counts the claims of this room: 1, 2, 3 …
   */
  record Claim(RoomId room, StreamName stream, RoomState state, long number, Instant heldUntil) {}
}
