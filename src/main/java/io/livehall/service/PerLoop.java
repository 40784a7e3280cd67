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

  /**
   * @param atOnce how many batches of a loop may be under way: more than one where their order does
   *     not matter, since it may be that two nodes are asked
   */
  PerLoop(Likes.Limits limits, int atOnce, Function<List<T>, Future<List<Future<R>>>> ask) {
    this.commit =
        ThreadLocal.withInitial(
            () -> new GroupCommit<>(limits.batchMax(), limits.queueMax(), atOnce, item -> 1, ask));
  }

  Future<R> add(T item) {
    return commit.get().add(item);
  }
}
