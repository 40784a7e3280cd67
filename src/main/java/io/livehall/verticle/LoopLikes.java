package io.livehall.verticle;

import io.livehall.service.Likes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Likes that arrive on one event loop: counted on it, and told some times a second. */
final class LoopLikes {
  private static final long TELL_EVERY_MS = 50;

  private LoopLikes() {}

  static Future<Void> begin(Vertx vertx, Likes likes) {
    Context loop = vertx.getOrCreateContext();
    vertx.setPeriodic(TELL_EVERY_MS, tick -> likes.tell());
    // What is done later comes after all that has arrived: so that is counted together.
    return likes.begin(work -> loop.runOnContext(now -> work.run()));
  }
}
