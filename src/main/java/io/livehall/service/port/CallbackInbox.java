package io.livehall.service.port;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the cloud told us, kept as it came before it is answered. */
public interface CallbackInbox {

  /** Stores all or none; their ids, in the same order. */
  Future<List<Long>> store(List<Letter> letters);

  /**
   * Takes letters that wait since before {@code hold} ago, at most {@code limit}, for another
   * {@code hold}.
   */
  Future<List<Waiting>> claim(int limit, Duration hold);

  Future<Void> settle(Map<Long, State> states);

  /** Deletes letters older than that; how many. */
  Future<Integer> forget(Instant before);

  /** A callback that was proved to be the cloud's; {@code body} is what was posted. */
  record Letter(int eventType, String stream, String body, Instant receivedAt) {}

  record Waiting(long id, String body) {}

  enum State {
    /** To be acted on. */
    NEW,
    DONE,
    /** No open room has this stream. */
    UNMATCHED,
    /** A kind that asks nothing of us. */
    NOTED
  }
}
