package io.livehall.domain;

/**
 * Every way in which a call can fail. Each protocol gives each code its own form in {@code
 * ErrorTable}.
 */
public enum ErrorCode {
  /** Input that says something we cannot accept; the fields are named. */
  INVALID,
  BODY_TOO_LARGE,
  UNSUPPORTED_MEDIA_TYPE,
  NOT_FOUND,
  METHOD_NOT_ALLOWED,
  TOKEN_MISSING,
  TOKEN_INVALID,
  TOKEN_EXPIRED,
  WRONG_PASSWORD,
  FORBIDDEN,
  HOST_BANNED,
  ROOM_NOT_FOUND,
  ROOM_CLOSED,
  ROOM_NOT_CLOSED,
  /** It is not on air yet, so nobody can be in it. */
  ROOM_NOT_LIVE,
  ACCOUNT_EXISTS,
  KEY_REUSED,
  RATE_LIMITED,
  UNAVAILABLE,
  TIMEOUT,
  INTERNAL
}
