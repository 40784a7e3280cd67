package io.livehall.service.port;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Turns passwords into what may be stored. Slow on purpose, so more than a few at a time are
 * refused with RATE_LIMITED.
 */
public interface Passwords {

  /** The hash with everything that is needed to check it later. */
  Future<String> hash(String password);

  /**
   * @param stored null where there is no account: takes as long and answers false, so that the time
   *     does not tell who has one
   */
  Future<Boolean> matches(String password, @Nullable String stored);
}
