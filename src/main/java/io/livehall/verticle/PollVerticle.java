package io.livehall.verticle;

import io.livehall.service.Polls;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps asking the cloud which streams are up. */
public final class PollVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PollVerticle.class);

  /** Often enough that a room waits little for its turn, seldom enough to be no load. */
  private static final long ROUND_MILLIS_MIN = 50;

  private static final long ROUND_MILLIS_MAX = 1_000;

  private final Polls polls;
  private final Duration pollEvery;
  private final SeldomLog seldom = new SeldomLog(LOG, System::nanoTime);

  public PollVerticle(Polls polls, Duration pollEvery) {
    this.polls = polls;
    this.pollEvery = pollEvery;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(roundMillis(pollEvery), tick -> ask());
    return Future.succeededFuture();
  }

  static long roundMillis(Duration pollEvery) {
    long wanted = pollEvery.toMillis() / 4;
    return Math.max(ROUND_MILLIS_MIN, Math.min(ROUND_MILLIS_MAX, wanted));
  }

  private void ask() {
    polls.round().onFailure(trouble -> seldom.warn("no room claimed", trouble.toString()));
  }
}
