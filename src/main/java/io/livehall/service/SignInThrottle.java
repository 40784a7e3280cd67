package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds how often one user's password can be guessed on this node. An attempt counts from its
 * beginning, so that many at once are no way around; one that succeeds is forgotten with all before
 * it.
 */
final class SignInThrottle {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Hashing is so slow that nobody can push a guessed user out within his minute. */
  private static final int USERS_MAX = 10_000;

  private record Window(Instant since, int attempts) {}

  private final int attemptsMax;
  private final Clock clock;
  private final Map<UserId, Window> windowByUser = new LinkedHashMap<>();

  SignInThrottle(int attemptsMax, Clock clock) {
    this.attemptsMax = attemptsMax;
    this.clock = clock;
  }

  synchronized void enter(UserId user) {
    Instant now = clock.instant();
    Window window = windowByUser.remove(user);
    if (window == null || !now.isBefore(window.since.plus(WINDOW))) {
      window = new Window(now, 0);
    }
    boolean isTooMany = window.attempts >= attemptsMax;
    windowByUser.put(user, isTooMany ? window : new Window(window.since, window.attempts + 1));
    if (windowByUser.size() > USERS_MAX) {
      windowByUser.remove(windowByUser.keySet().iterator().next());
    }
    if (isTooMany) {
      throw new LiveException(
          ErrorCode.RATE_LIMITED, "Too many attempts to sign in as this user. Wait a minute.");
    }
  }

  synchronized void succeeded(UserId user) {
    windowByUser.remove(user);
  }

  /** The attempt could not be judged: a store was away, or too many were waiting. */
  synchronized void takeBack(UserId user) {
    windowByUser.computeIfPresent(
        user, (u, window) -> new Window(window.since, Math.max(0, window.attempts - 1)));
  }

  synchronized int size() {
    return windowByUser.size();
  }
}
