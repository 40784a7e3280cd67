package io.livehall.redis;

import io.livehall.config.LiveConfig;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;

/** Where Redis is, and how it is spoken to: one server, the master of its sentinels, a cluster. */
public final class RedisTarget {
  /** More than is ever sent at once: of each room of a batch one request. */
  private static final int WAITING_MAX = 1 << 16;

  private RedisTarget() {}

  /**
   * @param uri the first to be asked; the members are reached in the same way
   */
  public static RedisOptions options(String uri, LiveConfig.Redis config) {
    var network =
        new NetClientOptions()
            .setConnectTimeout((int) config.timeout().toMillis())
            .setTcpKeepAlive(true)
            // Of rediss: the certificate must be that of the host.
            .setHostnameVerificationAlgorithm("HTTPS");
    RedisOptions options =
        new RedisOptions()
            .setType(
                switch (config.mode()) {
                  case SINGLE -> RedisClientType.STANDALONE;
                  case SENTINEL -> RedisClientType.SENTINEL;
                  case CLUSTER -> RedisClientType.CLUSTER;
                })
            .setNetClientOptions(network)
            .setConnectionString(uri)
            .setRole(RedisRole.MASTER)
            .setMaxPoolSize(8)
            .setMaxPoolWaiting(64)
            .setMaxWaitingHandlers(WAITING_MAX);
    if (config.masterName() != null) {
      options.setMasterName(config.masterName());
    }
    for (String member : config.members()) {
      options.addConnectionString(uri.replaceFirst("(://(?:[^@/]*@)?)[^/?]*", "$1" + member));
    }
    return options;
  }
}
