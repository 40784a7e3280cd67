package io.livehall.protocol.rest;

import io.livehall.hall.Hall;
import io.livehall.service.Listing;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list, which most calls ask for. A page is rendered once for each state of the hall and each
 * query; the next who asks gets the same bytes. Belongs to one event loop, so nothing is locked.
 */
final class ListRoute implements Handler<HttpServerRequest> {
  static final String PATH = "/v1/rooms";

  private static final CharSequence VARY = HttpHeaders.createOptimized("accept-encoding");
  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");
  private static final CharSequence VARY_NAME = HttpHeaders.createOptimized("vary");

  private final Listing listing;
  private final Guard guard;
  private final Problems problems;
  private final int pagesMax;

  private @Nullable Hall hall;
  private final Map<String, ReadyPage> pageByQuery = new HashMap<>();

  ListRoute(Listing listing, Guard guard, Problems problems, int pagesMax) {
    this.listing = listing;
    this.guard = guard;
    this.problems = problems;
    this.pagesMax = pagesMax;
  }

  /** Whether a request asks for the list; told by its first bytes, since this is asked of each. */
  static boolean isFor(HttpServerRequest request) {
    String uri = request.uri();
    return uri.startsWith(PATH)
        && (uri.length() == PATH.length() || uri.charAt(PATH.length()) == '?')
        && (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD);
  }

  @Override
  public void handle(HttpServerRequest request) {
    try {
      guard.viewer(request.getHeader(HttpHeaders.AUTHORIZATION));
      send(page(request), request);
    } catch (RuntimeException failure) {
      problems.answer(request, failure);
    }
  }

  private ReadyPage page(HttpServerRequest request) {
    Hall now = listing.now();
    if (now != hall) {
      pageByQuery.clear();
      hall = now;
    }
    String query = request.query() == null ? "" : request.query();
    ReadyPage known = pageByQuery.get(query);
    if (known != null) {
      return known;
    }
    var page = new ReadyPage(now.page(ListQuery.parse(query)));
    if (pageByQuery.size() >= pagesMax) {
      pageByQuery.clear();
    }
    if (pagesMax > 0) {
      pageByQuery.put(query, page);
    }
    return page;
  }

  private static void send(ReadyPage page, HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response
        .putHeader(HttpHeaders.ETAG, page.etag())
        .putHeader(VARY_NAME, VARY)
        .putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, Headers.ANYONE)
        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, Headers.EXPOSED);
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && Headers.names(known, page.opaque())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON);
    ReadyPage.Body body = page.identity();
    if (Encodings.takesGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      body = page.gzip();
      response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, body.length());
    response.end(body.bytes());
  }
}
