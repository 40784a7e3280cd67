package io.livehall.service.port;

import io.livehall.domain.UserId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Built-in accounts and their sessions. A refresh token is known here by its hash only. */
public interface AccountStore {

  /** False if there is one of that name. */
  Future<Boolean> create(Account account);

  Future<Optional<Account>> find(UserId user);

  Future<Void> startSession(RefreshToken token);

  /**
   * Uses {@code oldHash} up and stores {@code next} in its session, in one transaction. Empty if
   * the token is unknown, over, or was used before; in the last case its whole session ends, since
   * then somebody has a copy.
   */
  Future<Optional<Account>> refresh(String oldHash, NextToken next);

  /** Ends every session of the user. */
  Future<Void> endSessions(UserId user);

  record Account(UserId user, String passwordHash, String role) {}

  record RefreshToken(String hash, String session, UserId user, Instant expiresAt) {}

  record NextToken(String hash, Instant expiresAt, Instant now) {}
}
