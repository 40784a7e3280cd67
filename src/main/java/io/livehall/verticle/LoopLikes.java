package io.livehall.verticle;

import io.livehall.service.Likes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;

/** Likes that arrive on one event loop: counted on it, and told some times a second. */
final class LoopLikes {
  private static final long TELL_EVERY_MS = 50;

  private LoopLikes() {}

  static Future<Void> begin(Vertx vertx, Likes likes) {
    vertx.setPeriodic(TELL_EVERY_MS, tick -> likes.tell());
    ContextInternal mine = ((VertxInternal) vertx).getOrCreateContext();
    // What is made on a verticle's own context ends with it; but others of this loop may go on.
    Context loop =
        ((VertxInternal) vertx).contextBuilder().withEventLoop(mine.nettyEventLoop()).build();
    Promise<Void> begun = mine.promise();
    // What is done later comes after all that has arrived: so that is counted together.
    loop.runOnContext(
        now -> likes.begin(work -> loop.runOnContext(later -> work.run())).onComplete(begun));
    return begun.future();
  }
}
