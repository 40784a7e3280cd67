package io.livehall.protocol;

import io.livehall.domain.ErrorCode;

/** What each error is in each public language. A new code does not compile until it has a row. */
public final class ErrorTable {
  private static final int NOW = 0;
  private static final int SOON = 1;
  private static final int LATER = 10;

  private ErrorTable() {}

  /**
   * An error in HTTP.
   *
   * @param retryAfterSeconds when to try again; 0 where that is no help
   */
  public record Http(int status, String title, int retryAfterSeconds) {}

  public static Http http(ErrorCode code) {
    return switch (code) {
      case INVALID -> new Http(400, "Invalid", NOW);
      case BODY_TOO_LARGE -> new Http(413, "Body too large", NOW);
      case UNSUPPORTED_MEDIA_TYPE -> new Http(415, "Unsupported media type", NOW);
      case NOT_FOUND -> new Http(404, "Not found", NOW);
      case METHOD_NOT_ALLOWED -> new Http(405, "Method not allowed", NOW);
      case TOKEN_MISSING -> new Http(401, "Token missing", NOW);
      case TOKEN_INVALID -> new Http(401, "Token invalid", NOW);
      case TOKEN_EXPIRED -> new Http(401, "Token expired", NOW);
      case WRONG_PASSWORD -> new Http(401, "Wrong password", NOW);
      case FORBIDDEN -> new Http(403, "Forbidden", NOW);
      case HOST_BANNED -> new Http(403, "Host banned", NOW);
      case ROOM_NOT_FOUND -> new Http(404, "Room not found", NOW);
      case ROOM_CLOSED -> new Http(409, "Room closed", NOW);
      case ROOM_NOT_CLOSED -> new Http(409, "Room not closed", NOW);
      case ROOM_NOT_LIVE -> new Http(409, "Room not live", NOW);
      case ACCOUNT_EXISTS -> new Http(409, "Account exists", NOW);
      case KEY_REUSED -> new Http(409, "Key reused", NOW);
      case RATE_LIMITED -> new Http(429, "Rate limited", LATER);
      case UNAVAILABLE -> new Http(503, "Unavailable", SOON);
      case TIMEOUT -> new Http(503, "Timeout", SOON);
      case INTERNAL -> new Http(500, "Internal", NOW);
    };
  }

  /**
   * An error on a socket.
   *
   * @param closeCode what the socket is closed with where it cannot go on after this
   * @param retry whether the same may go well later
   */
  public record Push(int closeCode, boolean retry) {}

  public static Push push(ErrorCode code) {
    return switch (code) {
      case INVALID, BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, NOT_FOUND, METHOD_NOT_ALLOWED ->
          new Push(4400, false);
      case TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED, WRONG_PASSWORD -> new Push(4401, false);
      case FORBIDDEN, HOST_BANNED -> new Push(4403, false);
      case ROOM_NOT_FOUND,
          ROOM_CLOSED,
          ROOM_NOT_CLOSED,
          ROOM_NOT_LIVE,
          ACCOUNT_EXISTS,
          KEY_REUSED ->
          new Push(4400, false);
      case RATE_LIMITED -> new Push(4029, true);
      case UNAVAILABLE, TIMEOUT, INTERNAL -> new Push(4009, true);
    };
  }
}
