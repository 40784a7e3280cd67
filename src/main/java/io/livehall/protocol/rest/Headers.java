package io.livehall.protocol.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Header names and values that many answers have. */
final class Headers {
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  static final CharSequence ANYONE = HttpHeaders.createOptimized("*");
  static final CharSequence EXPOSED = HttpHeaders.createOptimized("ETag, Retry-After");
  static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("x-content-type-options");

  private Headers() {}

  /** There are no cookies, so any page may call: a token must be in the call itself. */
  static void ofAnyAnswer(HttpServerResponse response) {
    response
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANYONE)
        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)
        .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
  }

  /** Whether a header {@code If-None-Match} names that tag; all of ours are weak. */
  static boolean names(String ifNoneMatch, String opaque) {
    return ifNoneMatch.contains(opaque) || ifNoneMatch.strip().equals("*");
  }
}
