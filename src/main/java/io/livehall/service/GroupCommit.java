package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Everything that arrives while a batch is under way becomes the next batch. So a single call goes
 * out at once, and under load the cost of a commit is shared. Belongs to one event loop.
 */
public final class GroupCommit<T, R> {
  private record Waiting<T, R>(T item, Promise<R> answer) {}

  private final Limits limits;
  private final Executor soon;
  private final ToIntFunction<T> size;
  private final Function<List<T>, Future<List<Future<R>>>> commit;
  private final ArrayDeque<Waiting<T, R>> queue = new ArrayDeque<>();
  private int waiting;
  private boolean isUnderWay;
  private boolean isNextDue;

  /**
   * @param batchMax how much goes together
   * @param queueMax what comes beyond it is refused with UNAVAILABLE, at once
   */
  public record Limits(int batchMax, int queueMax) {}

  /**
   * @param commit one answer for each item, in their order; if it fails, all of them fail
   */
  public GroupCommit(Limits limits, Function<List<T>, Future<List<Future<R>>>> commit) {
    this(limits, Runnable::run, item -> 1, commit);
  }

  /**
   * The same for items that are more work than others, or that are many.
   *
   * @param soon begins the next batch; what arrives until it does belongs to it
   * @param size how much of a batch and of the queue an item is; the last to fit may reach beyond
   */
  public GroupCommit(
      Limits limits,
      Executor soon,
      ToIntFunction<T> size,
      Function<List<T>, Future<List<Future<R>>>> commit) {
    this.limits = limits;
    this.soon = soon;
    this.size = size;
    this.commit = commit;
  }

  public Future<R> add(T item) {
    if (waiting >= limits.queueMax()) {
      return Future.failedFuture(
          new LiveException(
              ErrorCode.UNAVAILABLE, "Too much is waiting to be stored. Try again soon."));
    }
    Promise<R> answer = Promise.promise();
    queue.add(new Waiting<>(item, answer));
    waiting += size.applyAsInt(item);
    if (!isNextDue && !isUnderWay) {
      isNextDue = true;
      soon.execute(this::nextIsDue);
    }
    return answer.future();
  }

  public int waiting() {
    return waiting;
  }

  private void nextIsDue() {
    isNextDue = false;
    next();
  }

  private void next() {
    if (isUnderWay || queue.isEmpty()) {
      return;
    }
    isUnderWay = true;
    List<Waiting<T, R>> batch = takeBatch();
    committed(batch)
        .onComplete(
            done -> {
              isUnderWay = false;
              for (int i = 0; i < batch.size(); i++) {
                Promise<R> answer = batch.get(i).answer();
                if (done.succeeded()) {
                  done.result().get(i).onComplete(answer);
                } else {
                  answer.fail(done.cause());
                }
              }
              next();
            });
  }

  private List<Waiting<T, R>> takeBatch() {
    List<Waiting<T, R>> batch = new ArrayList<>(Math.min(limits.batchMax(), queue.size()));
    int taken = 0;
    for (var next = queue.poll();
        next != null;
        next = taken < limits.batchMax() ? queue.poll() : null) {
      batch.add(next);
      taken += size.applyAsInt(next.item());
    }
    waiting -= taken;
    return batch;
  }

  private Future<List<Future<R>>> committed(List<Waiting<T, R>> batch) {
    try {
      return commit.apply(batch.stream().map(Waiting::item).toList());
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }
}
