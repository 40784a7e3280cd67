package io.livehall.tencent;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the cloud's API: bounded in time, in size and in rate. Any thread may use it. What it
 * says of a failure tells no secret, and so not where it asked.
 */
final class CloudLine {
  private static final Logger LOG = LoggerFactory.getLogger(CloudLine.class);

  private static final int CONNECTIONS_MAX = 32;

  /** Questions that wait for a connection; whoever comes beyond is refused. */
  private static final int WAITING_MAX = 1_000;

  /** A full page of the online list has a tenth of that. */
  private static final int BODY_BYTES_MAX = 1 << 20;

  private static final int OK = 200;

  /** Between two tries, and as much again by chance. */
  private static final Duration AGAIN_AFTER = Duration.ofMillis(100);

  private final Vertx vertx;
  private final long timeoutMs;
  // In a field for good: a client that nobody holds is closed by the garbage collector.
  private final HttpClientAgent client;
  private final Breaker breaker = new Breaker();
  private final Map<String, RateLimit> limitByAction = new ConcurrentHashMap<>();

  /**
   * A question, signed.
   *
   * @param action as the cloud names it; what its rate is bound to
   */
  record Question(
      String action,
      int perSecond,
      HttpMethod method,
      String url,
      Map<String, String> headers,
      @Nullable String body) {}

  CloudLine(Vertx vertx, Duration timeout) {
    this.vertx = vertx;
    this.timeoutMs = timeout.toMillis();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) timeoutMs),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(WAITING_MAX));
  }

  /** Without a slash at its end. */
  static String base(URI endpoint) {
    String base = endpoint.toString();
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  Future<Void> close() {
    return client.close();
  }

  /**
   * The JSON that the cloud answers, within the time that an answer is waited for, tries and pauses
   * included; fails UNAVAILABLE.
   *
   * @param question made anew for each try: a signature has its time
   * @param tries more than one only where to be heard twice does no harm
   */
  Future<JsonObject> ask(Supplier<Question> question, int tries) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    return attempt(question, tries, end)
        .timeout(timeoutMs, TimeUnit.MILLISECONDS)
        .recover(trouble -> Future.failedFuture(unavailable(trouble)));
  }

  /** Who was refused, or has no time left, does not try again. */
  private Future<JsonObject> attempt(Supplier<Question> question, int tries, long end) {
    return once(question)
        .recover(
            trouble -> {
              long pause = again();
              boolean isLate = System.nanoTime() + pause > end;
              return tries <= 1 || isLate || trouble instanceof LiveException
                  ? Future.failedFuture(trouble)
                  : pause(pause).compose(now -> attempt(question, tries - 1, end));
            });
  }

  private Future<JsonObject> once(Supplier<Question> question) {
    Question asked = question.get();
    RateLimit limit =
        limitByAction.computeIfAbsent(asked.action(), any -> new RateLimit(asked.perSecond()));
    long wait = limit.reserve(System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(timeoutMs));
    if (wait < 0) {
      return Future.failedFuture(refusal("too much is asked: " + asked.action()));
    }
    if (!breaker.isOpen(System.nanoTime())) {
      return Future.failedFuture(refusal("it has not answered of late"));
    }
    // What waited is signed when its turn has come.
    Question mine = wait == 0 ? asked : null;
    return pause(wait)
        .compose(turn -> send(mine == null ? question.get() : mine))
        .onSuccess(answer -> breaker.succeeded())
        .onFailure(trouble -> breaker.failed(System.nanoTime()));
  }

  private Future<JsonObject> send(Question question) {
    var options =
        new RequestOptions()
            .setMethod(question.method())
            .setAbsoluteURI(question.url())
            .setTimeout(timeoutMs);
    question.headers().forEach(options::putHeader);
    return client
        .request(options)
        .compose(request -> send(request, question.body()))
        .map(CloudLine::json)
        .onFailure(
            trouble ->
                LOG.debug(
                    "cloud action={} failed trouble={}",
                    question.action(),
                    trouble.getClass().getSimpleName()));
  }

  private static Future<Buffer> send(HttpClientRequest request, @Nullable String body) {
    Future<HttpClientResponse> sent =
        body == null ? request.send() : request.send(Buffer.buffer(body));
    return sent.compose(response -> read(request, response));
  }

  private static Future<Buffer> read(HttpClientRequest request, HttpClientResponse response) {
    if (response.statusCode() != OK) {
      request.reset();
      return Future.failedFuture("status " + response.statusCode());
    }
    Promise<Buffer> all = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .handler(
            part -> {
              if (body.length() + part.length() > BODY_BYTES_MAX) {
                all.tryFail("too much was answered");
                request.reset();
              } else {
                body.appendBuffer(part);
              }
            })
        .exceptionHandler(all::tryFail)
        .endHandler(end -> all.tryComplete(body));
    return all.future();
  }

  private static JsonObject json(Buffer body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException notJson) {
      throw new IllegalStateException("what was answered is not a JSON object");
    }
  }

  private Future<Void> pause(long nanos) {
    return nanos == 0
        ? Future.succeededFuture()
        : vertx.timer(nanos, TimeUnit.NANOSECONDS).mapEmpty();
  }

  private static long again() {
    long pause = AGAIN_AFTER.toNanos();
    return pause + ThreadLocalRandom.current().nextLong(pause);
  }

  private static LiveException refusal(String why) {
    return new LiveException(ErrorCode.UNAVAILABLE, "The cloud was not asked: " + why + ".");
  }

  private static LiveException unavailable(Throwable trouble) {
    return trouble instanceof LiveException known
        ? known
        : new LiveException(ErrorCode.UNAVAILABLE, "The cloud did not answer.", trouble);
  }
}
