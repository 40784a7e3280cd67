package io.livehall.verticle;

import io.livehall.config.LiveConfig;
import io.livehall.protocol.push.NewsDesk;
import io.livehall.protocol.push.PushDoor;
import io.livehall.protocol.push.PushLoop;
import io.livehall.protocol.push.Reception;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one event loop. Vert.x gives the loop; on it stands a pipeline of our own, since a
 * viewer who waits must cost little, and all that look at the same thing get the same bytes.
 */
public final class PushVerticle extends VerticleBase {
  private static final long SWEEP_MS = 1_000;
  private static final long CLOSE_EVERY_MS = 50;

  private final LiveConfig.Push config;
  private final NewsDesk desk;
  private final Reception reception;
  private final PushDoor door;
  private @Nullable PushLoop loop;

  /**
   * @param door shared by all instances
   */
  public PushVerticle(LiveConfig.Push config, NewsDesk desk, Reception reception, PushDoor door) {
    this.config = config;
    this.desk = desk;
    this.reception = reception;
    this.door = door;
  }

  @Override
  public Future<?> start() {
    var mine = new PushLoop((ContextInternal) context, desk, reception);
    loop = mine;
    vertx.setPeriodic(SWEEP_MS, tick -> mine.sweep());
    vertx.setPeriodic(SWEEP_MS, tick -> reception.counts().attendance().renew());
    door.add(mine);
    return LoopLikes.begin(vertx, reception.counts().likes())
        .compose(begun -> door.listen(vertx, config.host(), config.port()));
  }

  /**
   * Lets nobody in; half of the time is for who goes by himself, the other for closing the rest.
   */
  @Override
  public Future<?> stop() {
    PushLoop mine = loop;
    if (mine == null) {
      return Future.succeededFuture();
    }
    door.close();
    reception.counts().attendance().stopping();
    mine.sendAway(config.drainFor().dividedBy(2));
    Promise<Void> gone = Promise.promise();
    long end = System.nanoTime() + config.drainFor().toNanos();
    vertx.setPeriodic(1, CLOSE_EVERY_MS, timer -> drain(mine, end, timer, gone));
    return gone.future();
  }

  /** So many at each step that all are closed at the end. */
  private void drain(PushLoop mine, long end, long timer, Promise<Void> gone) {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    if (mine.size() == 0) {
      vertx.cancelTimer(timer);
      gone.complete();
    } else if (left.compareTo(config.drainFor().dividedBy(2)) < 0) {
      long steps = Math.max(1, left.toMillis() / CLOSE_EVERY_MS);
      mine.close((int) Math.ceil((double) mine.size() / steps));
    }
  }
}
