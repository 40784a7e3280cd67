package io.livehall.service;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/**
 * Group commits, one for each event loop that asks: what comes from one loop while others of it are
 * under way goes together. Any event loop may use it.
 */
final class PerLoop<T, R> {
  private final ThreadLocal<GroupCommit<T, R>> commit;

  PerLoop(Likes.Limits limits, Function<List<T>, Future<List<Future<R>>>> ask) {
    this.commit =
        ThreadLocal.withInitial(
            () ->
                new GroupCommit<>(
                    limits.batchMax(), limits.queueMax(), LikeCounter.AT_ONCE, item -> 1, ask));
  }

  Future<R> add(T item) {
    return commit.get().add(item);
  }
}
