package io.livehall.protocol.rest;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.protocol.ErrorTable;
import io.livehall.protocol.Faults;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge at which failures become answers (RFC 9457), and are logged, once. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final CharSequence TYPE = HttpHeaders.createOptimized("application/problem+json");

  /** A dependency that is away fails every call: one line a second says it as well. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
  private final AtomicLong unsaid = new AtomicLong();

  void answer(HttpServerRequest request, Throwable failure) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      LOG.debug("answer=none path={} cause={}", request.path(), failure.toString());
      return;
    }
    LiveException problem = named(request, failure);
    ErrorTable.Http form = ErrorTable.http(problem.code());
    response.setStatusCode(form.status());
    int known = problem.retryAfterSeconds();
    int retryAfter = known > 0 ? known : form.retryAfterSeconds();
    if (retryAfter > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter));
    }
    if (form.status() == 401) {
      response.putHeader("WWW-Authenticate", challenge(problem.code()));
    }
    Buffer body = body(problem, form).toBuffer();
    Headers.ofAnyAnswer(response);
    response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE);
    response.putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_STORE);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    response.end(body);
  }

  private LiveException named(HttpServerRequest request, Throwable failure) {
    if (!(failure instanceof LiveException known) || known.code() == ErrorCode.INTERNAL) {
      LOG.error("code=INTERNAL method={} path={}", request.method(), path(request), failure);
      return new LiveException(ErrorCode.INTERNAL, "Something went wrong on the server.");
    }
    boolean isTrouble = known.code() == ErrorCode.UNAVAILABLE || known.code() == ErrorCode.TIMEOUT;
    if (isTrouble) {
      warn(request, known);
    } else {
      LOG.debug("code={} method={} path={}", known.code(), request.method(), path(request));
    }
    return known;
  }

  private void warn(HttpServerRequest request, LiveException trouble) {
    long now = System.nanoTime();
    long until = quietUntil.get();
    if (now - until < 0 || !quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
      unsaid.incrementAndGet();
      return;
    }
    LOG.warn(
        "code={} method={} path={} detail=\"{}\" unsaid={} cause={}",
        trouble.code(),
        request.method(),
        path(request),
        trouble.detail(),
        unsaid.getAndSet(0),
        String.valueOf(trouble.getCause()));
  }

  private static String path(HttpServerRequest request) {
    return Faults.shown(String.valueOf(request.path()));
  }

  private static String challenge(ErrorCode code) {
    boolean isBad = code == ErrorCode.TOKEN_INVALID || code == ErrorCode.TOKEN_EXPIRED;
    return isBad
        ? "Bearer realm=\"livehall\", error=\"invalid_token\""
        : "Bearer realm=\"livehall\"";
  }

  private static JsonObject body(LiveException problem, ErrorTable.Http form) {
    var json =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", form.title())
            .put("status", form.status())
            .put("code", problem.code().name())
            .put("detail", problem.detail());
    if (!problem.fields().isEmpty()) {
      var errors = new JsonArray();
      problem
          .fields()
          .forEach(
              e ->
                  errors.add(new JsonObject().put("field", e.field()).put("message", e.message())));
      json.put("errors", errors);
    }
    return json;
  }
}
