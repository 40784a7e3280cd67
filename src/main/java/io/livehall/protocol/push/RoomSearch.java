package io.livehall.protocol.push;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks the store about rooms, about each one once at a time, however many want to know. Belongs to
 * the hall's thread.
 */
final class RoomSearch {
  /** Rooms that are sought at a time; who wants to know of another is told to come again. */
  private static final int ROOMS_MAX = 1_000;

  private final Function<RoomId, Future<Room>> finder;
  private final Map<RoomId, Future<Room>> soughtById = new HashMap<>();

  RoomSearch(Function<RoomId, Future<Room>> finder) {
    this.finder = finder;
  }

  void find(RoomId id, Consumer<Room> found, Consumer<LiveException> failed) {
    Future<Room> sought = soughtById.get(id);
    if (sought == null && soughtById.size() >= ROOMS_MAX) {
      failed.accept(new LiveException(ErrorCode.UNAVAILABLE, "Too many ask now. Try again."));
      return;
    }
    if (sought == null) {
      sought = finder.apply(id);
      soughtById.put(id, sought);
      sought.onComplete(over -> soughtById.remove(id));
    }
    sought.onComplete(found::accept, trouble -> failed.accept(Refusal.known(trouble)));
  }
}
