package io.livehall;

import io.livehall.config.LiveConfig;
import io.livehall.postgres.Postgres;
import io.livehall.redis.RedisCounters;
import io.livehall.redis.RedisTarget;
import io.vertx.core.Vertx;

/**
 * Opens what leads to the stores, and sees to it that it is closed. Who must not wait for others
 * gets a way of his own.
 */
final class Connections {
  private final Vertx vertx;
  private final Stores stores;
  private final LiveConfig config;
  private final Teardown teardown;

  Connections(Vertx vertx, Stores stores, LiveConfig config, Teardown teardown) {
    this.vertx = vertx;
    this.stores = stores;
    this.config = config;
    this.teardown = teardown;
  }

  Postgres postgres(int poolSize) {
    LiveConfig.Postgres limits = config.postgres();
    var postgres =
        new Postgres(
            vertx,
            new Postgres.Options(
                stores.postgresUri(), poolSize, limits.connectTimeout(), limits.queryTimeout()));
    teardown.add("postgres", postgres::close);
    return postgres;
  }

  RedisCounters counters() {
    var options = RedisTarget.options(stores.redisUri(), config.redis());
    var counters = new RedisCounters(vertx, options, new Settings(config).countTerms());
    teardown.add("redis", counters::close);
    return counters;
  }
}
