package io.livehall.protocol;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.UserId;
import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token must say, once its signature is known to be good.
 *
 * @param leeway how far the clock of who issued it may be off
 * @param roleIfAbsent null where a role must be there
 */
record TokenClaims(
    Duration leeway,
    @Nullable Role roleIfAbsent,
    @Nullable String issuer,
    @Nullable String audience) {
  static final TokenClaims OF_OURS = new TokenClaims(Duration.ZERO, null, null, null);

  /** The last second of the year 9999. */
  private static final long TIME_MAX = 253_402_300_799L;

  static TokenClaims ofOutside(@Nullable String issuer, @Nullable String audience) {
    return new TokenClaims(Duration.ofSeconds(30), Role.USER, issuer, audience);
  }

  Caller read(JsonObject claims, Instant now) {
    Instant until = time(claims, "exp");
    if (until == null) {
      throw invalid("The token has no end (exp).");
    }
    Instant from = time(claims, "nbf");
    if (from != null && now.plus(leeway).isBefore(from)) {
      throw invalid("The token is not valid yet.");
    }
    requireOurs(claims);
    var caller = new Caller(user(claims), role(claims), until);
    if (!now.isBefore(until.plus(leeway))) {
      throw new LiveException(
          ErrorCode.TOKEN_EXPIRED, "The token has run out. Refresh the session or sign in again.");
    }
    return caller;
  }

  private void requireOurs(JsonObject claims) {
    if (issuer != null && !issuer.equals(claims.getValue("iss"))) {
      throw invalid("The token is of another issuer.");
    }
    if (audience == null) {
      return;
    }
    Object aud = claims.getValue("aud");
    boolean isForUs =
        audience.equals(aud) || (aud instanceof JsonArray all && all.contains(audience));
    if (!isForUs) {
      throw invalid("The token is for another audience.");
    }
  }

  private static UserId user(JsonObject claims) {
    if (claims.getValue("sub") instanceof String sub && UserId.isForm(sub)) {
      return new UserId(sub);
    }
    throw invalid("The token names no user id (sub) of the right form.");
  }

  private Role role(JsonObject claims) {
    if (!claims.containsKey("role") && roleIfAbsent != null) {
      return roleIfAbsent;
    }
    if (claims.getValue("role") instanceof String text) {
      return Role.of(text).orElseThrow(() -> invalid("The token names a role that is not known."));
    }
    throw invalid("The token names no role.");
  }

  private static @Nullable Instant time(JsonObject claims, String name) {
    if (!claims.containsKey(name)) {
      return null;
    }
    if (claims.getValue(name) instanceof Number number) {
      double seconds = number.doubleValue();
      if (seconds >= 0 && seconds <= TIME_MAX) {
        return Instant.ofEpochSecond((long) seconds);
      }
    }
    throw invalid("The token's " + name + " is not a time.");
  }

  static LiveException invalid(String detail) {
    return new LiveException(ErrorCode.TOKEN_INVALID, detail);
  }
}
