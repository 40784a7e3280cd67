package io.livehall.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Redis: what is written often and read hot. Rooms do without it. */
public final class HotStore {
  private final Redis redis;
  private final Duration timeout;

  public HotStore(Vertx vertx, String uri, Duration timeout) {
    this.redis =
        Redis.createClient(
            vertx,
            new RedisOptions().setConnectionString(uri).setMaxPoolSize(4).setMaxPoolWaiting(256));
    this.timeout = timeout;
  }

  public Future<Void> ping() {
    return redis
        .send(Request.cmd(Command.PING))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .mapEmpty();
  }

  public Future<Void> close() {
    return redis.close();
  }
}
