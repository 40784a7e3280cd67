package io.livehall.tencent;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts callbacks as the cloud does: again and again until they are answered with 200. The weather
 * decides what becomes of each. All its work is done on one event loop; any thread may send.
 */
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /**
   * The cloud waits 20 s. Nobody is as patient while developing, and our answer takes no second.
   */
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

  /** As often as the cloud, but 60 times as fast: it waits a minute between two attempts. */
  private static final int REPEATS_MAX = 12;

  private static final Duration REPEAT_AFTER = Duration.ofSeconds(1);

  /** What is held until the next callback goes out anyway if there is no next one. */
  private static final Duration HELD_FOR_MAX = Duration.ofSeconds(2);

  /** With a server that never answers, this many bodies of half a kilobyte wait in memory. */
  private static final int PENDING_MAX = 10_000;

  private static final int CONNECTIONS_MAX = 16;

  private final Vertx vertx;
  private final Context context;
  private final Weather weather;
  private final RequestOptions target;
  // In a field for good: a client that nobody holds is closed by the garbage collector.
  private final HttpClientAgent client;
  private final AtomicInteger pending = new AtomicInteger();
  private final ArrayDeque<String> held = new ArrayDeque<>();

  Deliveries(Vertx vertx, URI target, Weather weather) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.weather = weather;
    this.target =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(target.toString())
            .setConnectTimeout(ANSWERED_WITHIN.toMillis())
            .setTimeout(ANSWERED_WITHIN.toMillis())
            .putHeader("content-type", "application/json");
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
  }

  void send(String body) {
    if (pending.incrementAndGet() > PENDING_MAX) {
      pending.decrementAndGet();
      LOG.warn("simulated callback dropped, too many wait pending={}", PENDING_MAX);
      return;
    }
    context.runOnContext(now -> meet(weather.nextCallback(), body));
  }

  Future<Void> close() {
    return client.close();
  }

  private void meet(Weather.Fate fate, String body) {
    if (fate.isLost()) {
      pending.decrementAndGet();
      LOG.info("simulated callback lost");
    } else if (fate.isHeld()) {
      held.add(body);
      vertx.setTimer(HELD_FOR_MAX.toMillis(), late -> releaseIfHeld(body));
    } else {
      after(fate.delay(), () -> postAll(fate, body));
    }
  }

  private void releaseIfHeld(String body) {
    if (held.remove(body)) {
      post(body, REPEATS_MAX);
    }
  }

  private void postAll(Weather.Fate fate, String body) {
    if (fate.isDoubled()) {
      pending.incrementAndGet();
      post(body, REPEATS_MAX);
    }
    post(body, REPEATS_MAX).onComplete(done -> releaseHeld());
  }

  private void releaseHeld() {
    for (String body = held.poll(); body != null; body = held.poll()) {
      post(body, REPEATS_MAX);
    }
  }

  /** Completes with the first attempt, whatever came of it. */
  private Future<Integer> post(String body, int repeats) {
    return client
        .request(target)
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(response -> response.end().map(response.statusCode()))
        .timeout(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(trouble -> 0)
        .onSuccess(status -> repeatUnless(status == 200, body, repeats));
  }

  private void repeatUnless(boolean isHeard, String body, int repeats) {
    if (isHeard) {
      pending.decrementAndGet();
    } else if (repeats > 0) {
      after(REPEAT_AFTER, () -> post(body, repeats - 1));
    } else {
      pending.decrementAndGet();
      LOG.warn("simulated callback given up attempts={}", REPEATS_MAX + 1);
    }
  }

  private void after(Duration delay, Runnable what) {
    if (delay.isZero()) {
      what.run();
    } else {
      vertx.setTimer(delay.toMillis(), then -> what.run());
    }
  }
}
