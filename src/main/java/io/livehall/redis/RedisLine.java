package io.livehall.redis;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisCluster;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line to Redis. While it is down, whoever asks is refused at once: nothing waits for it. When
 * something fails on it, another is made, which is tried again and again until it stands. Any
 * thread may use it.
 */
final class RedisLine {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLine.class);
  private static final long AGAIN_AFTER_MS = 200;

  private final Vertx vertx;
  private final Context home;
  private final RedisOptions options;
  private final boolean isCluster;
  private final long timeoutMs;
  private final AtomicReference<@Nullable Wire> up = new AtomicReference<>();
  private final AtomicBoolean isConnecting = new AtomicBoolean();
  private final AtomicBoolean isTold = new AtomicBoolean();
  private final Promise<Void> begun = Promise.promise();
  private volatile boolean isClosed;

  /**
   * A client of its own, which is closed as a whole: a connection that is only given back is given
   * out again, however dead it is.
   */
  private record Wire(Redis client, RedisConnection connection) {}

  RedisLine(Vertx vertx, RedisOptions options, Duration timeout) {
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.options = options;
    this.isCluster = options.getType() == RedisClientType.CLUSTER;
    this.timeoutMs = timeout.toMillis();
    renew(false);
  }

  /**
   * All at once; it ends when each has its answer or has failed. They happen in this order where
   * they concern one key.
   */
  Future<List<Future<Response>>> send(List<Request> requests) {
    Wire wire = up.get();
    if (wire == null) {
      Future<Response> refused = Future.failedFuture(away(null));
      return Future.succeededFuture(Collections.nCopies(requests.size(), refused));
    }
    if (requests.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    // The parts of a cluster answer each for itself; a single server takes all as one.
    return isCluster ? toParts(wire, requests) : toOne(wire, requests);
  }

  private Future<List<Future<Response>>> toOne(Wire wire, List<Request> requests) {
    return bounded(wire, wire.connection.batch(requests))
        .map(
            answers -> {
              List<Future<Response>> all = new ArrayList<>(answers.size());
              answers.forEach(answer -> all.add(Future.succeededFuture(answer)));
              return all;
            })
        .otherwise(trouble -> Collections.nCopies(requests.size(), Future.failedFuture(trouble)));
  }

  private Future<List<Future<Response>>> toParts(Wire wire, List<Request> requests) {
    List<Future<Response>> answers =
        requests.stream().map(request -> bounded(wire, wire.connection.send(request))).toList();
    // What joins futures has no thread of its own; the first answer comes on that of who asked.
    return answers
        .get(0)
        .transform(first -> Future.join(answers))
        .transform(over -> Future.succeededFuture(answers));
  }

  Future<Response> send(Request request) {
    return send(List.of(request)).compose(answers -> answers.get(0));
  }

  /** Ends when it stood for the first time, or could not. */
  Future<Void> begun() {
    return begun.future();
  }

  Future<Void> ping() {
    return send(Request.cmd(Command.PING)).mapEmpty();
  }

  Future<Void> close() {
    isClosed = true;
    Wire last = up.getAndSet(null);
    return last == null ? Future.succeededFuture() : last.client.close();
  }

  private <T> Future<T> bounded(Wire wire, Future<T> answer) {
    return answer
        .timeout(timeoutMs, TimeUnit.MILLISECONDS)
        .recover(
            trouble -> {
              fail(wire, trouble, trouble instanceof TimeoutException);
              return Future.failedFuture(away(trouble));
            });
  }

  /**
   * What does not answer is not waited for again. What answers, were it only that it can't, is used
   * until there is another; and so is a cluster of which a part is gone.
   */
  private void fail(Wire wire, @Nullable Throwable trouble, boolean isOver) {
    if (isOver ? up.compareAndSet(wire, null) : up.get() == wire) {
      tell(trouble);
      if (isOver) {
        wire.client.close();
      }
      renew(!isOver);
    }
  }

  /**
   * Not where it was found wanting: what is made there would end with whoever asked.
   *
   * @param isUsedStill it may be that another is no better; so not all the time another is made
   */
  private void renew(boolean isUsedStill) {
    if (isConnecting.compareAndSet(false, true)) {
      home.runOnContext(now -> connect(isUsedStill));
    }
  }

  private void connect(boolean isLater) {
    if (isLater) {
      vertx.setTimer(AGAIN_AFTER_MS, timer -> connect());
    } else {
      connect();
    }
  }

  private void connect() {
    if (isClosed) {
      return;
    }
    Redis client = Redis.createClient(vertx, options);
    client
        .connect()
        .compose(connection -> prepare(connection).map(connection))
        .timeout(2 * timeoutMs, TimeUnit.MILLISECONDS)
        .onSuccess(connection -> begin(new Wire(client, connection)))
        .onFailure(trouble -> tryAgain(client, trouble));
  }

  /** The scripts live as long as the server does; so who is connected anew gives them anew. */
  private Future<?> prepare(RedisConnection connection) {
    return Future.all(
        Stream.of(Scripts.values())
            .map(
                script ->
                    isCluster
                        ? RedisCluster.create(connection).onAllMasterNodes(script.load())
                        : connection.send(script.load()))
            .toList());
  }

  private void begin(Wire wire) {
    wire.connection.exceptionHandler(trouble -> fail(wire, trouble, !isCluster));
    wire.connection.endHandler(over -> fail(wire, null, !isCluster));
    Wire before = up.getAndSet(wire);
    isConnecting.set(false);
    begun.tryComplete();
    if (before != null) {
      // What is under way on the old one has its time.
      vertx.setTimer(timeoutMs, timer -> before.client.close());
    }
    if (isClosed) {
      close();
    } else if (isTold.compareAndSet(true, false)) {
      LOG.info("redis=back");
    }
  }

  private void tryAgain(Redis client, Throwable trouble) {
    client.close();
    tell(trouble);
    begun.tryComplete();
    connect(true);
  }

  private void tell(@Nullable Throwable trouble) {
    if (!isClosed && isTold.compareAndSet(false, true)) {
      LOG.warn("redis=away trouble={}", String.valueOf(trouble));
    }
  }

  private static LiveException away(@Nullable Throwable trouble) {
    return new LiveException(
        ErrorCode.UNAVAILABLE, "What is counted can't be reached. Try again soon.", trouble);
  }
}
