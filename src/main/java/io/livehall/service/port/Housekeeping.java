package io.livehall.service.port;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Knows how much is there, and throws away what nobody needs any more. */
public interface Housekeeping {

  /** How many open rooms there are, by state. */
  Future<Map<String, Long>> openRooms();

  /**
   * Forgets log entries older than {@code logFor}, answers to repeated attempts older than a day,
   * and tokens that are over.
   */
  Future<Void> tidy(Instant now, Duration logFor);
}
