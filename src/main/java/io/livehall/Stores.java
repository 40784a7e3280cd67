package io.livehall;

import io.livehall.config.LiveConfig;
import io.livehall.config.StoreUri;
import io.livehall.embedded.EmbeddedStores;
import io.livehall.embedded.Wanted;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the stores are: those of the config, or our own where it names none. */
final class Stores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private final @Nullable EmbeddedStores own;
  private final String postgresUri;
  private final String redisUri;

  private Stores(@Nullable EmbeddedStores own, String postgresUri, String redisUri) {
    this.own = own;
    this.postgresUri = postgresUri;
    this.redisUri = redisUri;
  }

  static Stores open(LiveConfig config) {
    StoreUri postgres = config.postgres().uri();
    StoreUri redis = config.redis().uri();
    if (postgres != null && redis != null) {
      return new Stores(null, postgres.reveal(), redis.reveal());
    }
    try {
      var own =
          EmbeddedStores.start(config.data().dir(), new Wanted(postgres == null, redis == null));
      return new Stores(
          own,
          postgres == null ? own.postgresUri() : postgres.reveal(),
          redis == null ? own.redisUri() : redis.reveal());
    } catch (IOException e) {
      throw new StartException("the embedded stores did not start: " + e.getMessage(), e);
    }
  }

  String postgresUri() {
    return postgresUri;
  }

  String redisUri() {
    return redisUri;
  }

  @Override
  public void close() {
    if (own == null) {
      return;
    }
    try {
      own.close();
    } catch (IOException e) {
      LOG.warn("the embedded stores did not stop cleanly", e);
    }
  }
}
