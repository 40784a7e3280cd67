package io.livehall.service.port;

import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.vertx.core.Future;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is counted, where it is hot: likes, and who is in a room. What concerns one room happens at
 * once or not at all. Rooms whose store is away are AWAY at once; what can only be done for all
 * fails UNAVAILABLE.
 */
public interface CounterStore {

  /** Whether a room is counted here. */
  enum State {
    COUNTED,
    /** It is closed, or just being closed. */
    SEALED,
    /** It was never counted, or the store has lost it: it must be raised first. */
    UNKNOWN,
    /** The part of the store that counts it does not answer. What was asked may have happened. */
    AWAY
  }

  /** Ends when it was reached for the first time, or could not be; until then all is AWAY. */
  Future<Void> reached();

  /** One answer for each room, in order. */
  Future<List<Liked>> like(List<Likes> rooms);

  /** One answer for each room, in order. */
  Future<List<Visited>> visit(List<Visits> rooms);

  /**
   * The counters as they are now, one for each room, in order.
   *
   * @param goneMax how many whose lease ran out are taken out of each room; 0: none
   */
  Future<List<Look>> look(List<RoomId> rooms, int goneMax);

  /**
   * The rooms close: what comes later is not counted. Of those that are known here, the final
   * counters; the same when asked again.
   */
  Future<Map<RoomId, Tally>> seal(Collection<RoomId> rooms);

  /**
   * Makes these open rooms known, with at least these counters. One that was sealed a while ago is
   * counted again: it did not close after all.
   */
  Future<Void> raise(Map<RoomId, Tally> rooms);

  /**
   * Who is in a room, the newest first.
   *
   * @param before the place where the page before ended; 0 for the first
   */
  Future<Members> members(RoomId room, long before, int limit);

  /**
   * Likes of one room.
   *
   * @param allowed how many need not be asked about
   * @param asked those that need it
   */
  record Likes(RoomId room, long allowed, List<Asked> asked) {}

  /**
   * @param owed how many this user has had before that nobody asked about; below 0: how many of
   *     those that he was granted he has not had
   */
  record Asked(UserId user, int likes, int owed) {}

  /**
   * @param granted one for each that was asked, if the room is counted
   */
  record Liked(State state, List<Grant> granted) {}

  /**
   * @param taken how many were counted
   * @param beyond how many more this user may give without being asked about again
   * @param waitMs if none was taken: how long until one would be
   */
  record Grant(int taken, int beyond, int waitMs) {}

  record Visits(RoomId room, List<Step> steps) {}

  /** What a viewer does. */
  sealed interface Step extends Serializable {
    UserId user();

    record Enter(Viewer viewer) implements Step {
      @Override
      public UserId user() {
        return viewer.id();
      }
    }

    /** He is still here. */
    record Renew(UserId user) implements Step {}

    record Leave(UserId user) implements Step {}
  }

  /**
   * @param done one for each step, if the room is counted
   */
  record Visited(State state, Tally tally, List<Done> done) {}

  /**
   * What came of a step.
   *
   * @param isChange whether he came or left by it
   * @param isHere whether he is in the room now
   * @param left who left, as the others saw him
   */
  record Done(boolean isChange, boolean isHere, @Nullable Viewer left) {}

  /**
   * @param recent the likes, each for what it is still worth; see {@link io.livehall.domain.Heat}
   * @param gone whose lease ran out, and who were taken out
   */
  record Look(State state, Tally tally, long recent, List<Viewer> gone) {}

  /**
   * @param next where the next page begins; empty on the last
   */
  record Members(List<Viewer> viewers, long total, Optional<Long> next) {}
}
