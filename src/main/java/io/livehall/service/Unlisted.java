package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Rooms that are not in the list, as the store last told of them: while a stream is broken off, all
 * of its viewers go on liking, and the store shall not be asked for each of them. Any thread.
 */
final class Unlisted {
  private static final long GOOD_FOR = Duration.ofSeconds(1).toNanos();

  /** Then all are forgotten, and asked for again. */
  private static final int KNOWN_MAX = 10_000;

  private final Function<RoomId, Future<Room>> store;
  private final Map<RoomId, Known> knownById = new ConcurrentHashMap<>();

  private record Known(Future<Room> answer, long until) {}

  Unlisted(Function<RoomId, Future<Room>> store) {
    this.store = store;
  }

  Future<Room> find(RoomId id) {
    Known known = knownById.get(id);
    if (known != null && System.nanoTime() - known.until < 0) {
      return known.answer;
    }
    return store.apply(id).onComplete(room -> learn(id, room), trouble -> learn(id, trouble));
  }

  /** A future of its own, that is over: whoever asks goes on in his own thread. */
  private void learn(RoomId id, Room room) {
    // One that was never on air has no viewers who could ask for it all the time, and may be soon.
    if (room.liveAt() != null) {
      remember(id, Future.succeededFuture(room));
    }
  }

  private void learn(RoomId id, Throwable trouble) {
    if (trouble instanceof LiveException refused && refused.code() == ErrorCode.ROOM_NOT_FOUND) {
      remember(id, Future.failedFuture(trouble));
    }
  }

  private void remember(RoomId id, Future<Room> answer) {
    if (knownById.size() >= KNOWN_MAX) {
      knownById.clear();
    }
    knownById.put(id, new Known(answer, System.nanoTime() + GOOD_FOR));
  }
}
