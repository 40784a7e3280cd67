package io.livehall.verticle;

import io.livehall.service.port.Housekeeping;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tables from growing for ever. Each node may do it: what one deleted, the next does not
 * find.
 */
public final class JanitorVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(JanitorVerticle.class);
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Housekeeping house;
  private final Duration logFor;
  private final Clock clock;

  public JanitorVerticle(Housekeeping house, Duration logFor, Clock clock) {
    this.house = house;
    this.logFor = logFor;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(
        EVERY.toMillis(),
        tick ->
            house
                .tidy(clock.instant(), logFor)
                .onFailure(trouble -> LOG.warn("tidying failed: {}", trouble.toString())));
    return Future.succeededFuture();
  }
}
