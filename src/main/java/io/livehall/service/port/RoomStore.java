package io.livehall.service.port;

import io.livehall.domain.Room;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomId;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The truth about rooms. */
public interface RoomStore {

  /**
   * One transaction: locks and reads what is wanted, lets {@code decide} judge it, and writes what
   * it says, all or nothing. The log entries get the next numbers of the log, without a gap and in
   * the order of the commits.
   */
  Future<Committed> transact(Wanted wanted, Function<Found, Future<Writes>> decide);

  Future<Optional<Room>> find(RoomId id);

  /**
   * @param hosts whose open rooms and bans are wanted
   */
  record Wanted(
      Set<RoomId> ids, Set<StreamName> streams, Set<UserId> hosts, Set<OpeningKey> openings) {}

  /**
   * @param rooms those named by id, whatever their state, and the open ones of the named streams
   *     and hosts
   */
  record Found(List<Room> rooms, Map<UserId, Ban> bans, Map<OpeningKey, Opening> openings) {}

  /**
   * @param asks when a room is next to be looked at; null: never again
   * @param unsettled rooms that close without their last counters
   */
  record Writes(
      List<Room> rooms,
      List<Entry> log,
      List<Opening> openings,
      Map<RoomId, Optional<Instant>> asks,
      Set<RoomId> unsettled) {
    public boolean isEmpty() {
      return rooms.isEmpty() && openings.isEmpty();
    }
  }

  /** A log entry that has no number yet. */
  record Entry(RoomEvent event, Room room) {}

  /**
   * @param seq the number of the batch's last log entry; those before it are its other entries
   */
  record Committed(String epoch, long seq) {}

  /** A host who may not broadcast. */
  record Ban(String reason, @Nullable Instant until) {}

  /** What a client called his attempt to open a room. */
  record OpeningKey(UserId user, String key) {}

  /**
   * The first answer to an attempt. {@code request} tells whether a second one asks for the same.
   */
  record Opening(OpeningKey key, String request, Room room, Instant pushUntil) {}
}
