package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.hall.Hall;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The list as this node shows it now. One writer; any thread reads. */
public final class Listing {
  private volatile @Nullable Hall hall;
  private volatile long head;
  private volatile long checkedAt;
  private final ConcurrentSkipListMap<Long, Promise<Void>> waitingBySeq =
      new ConcurrentSkipListMap<>();

  /** The list; UNAVAILABLE until it was loaded. */
  public Hall now() {
    Hall current = hall;
    if (current == null) {
      throw new LiveException(ErrorCode.UNAVAILABLE, "The list is being loaded. Try again soon.");
    }
    return current;
  }

  public boolean isLoaded() {
    return hall != null;
  }

  /** Only for the writer: the log's head was read. */
  public void checked(long seq) {
    head = seq;
    checkedAt = System.nanoTime();
  }

  /** How long ago this list was last held against the log. */
  public Duration age() {
    return hall == null ? Duration.ofDays(1) : Duration.ofNanos(System.nanoTime() - checkedAt);
  }

  /** By how many entries the list was behind the log's head, when that was last read. */
  public long lag() {
    Hall current = hall;
    return current == null ? 0 : Math.max(0, head - current.at().seq());
  }

  /** Only for the writer. */
  public void show(Hall next) {
    hall = next;
    long seq = next.at().seq();
    for (var first = waitingBySeq.firstEntry();
        first != null && first.getKey() <= seq;
        first = waitingBySeq.firstEntry()) {
      if (waitingBySeq.remove(first.getKey(), first.getValue())) {
        first.getValue().tryComplete();
      }
    }
  }

  /**
   * Completes once the list has come that far: so that who changed a room sees it in the list of
   * his node.
   */
  public Future<Void> reaches(long seq) {
    Hall current = hall;
    if (seq == 0 || (current != null && current.at().seq() >= seq)) {
      return Future.succeededFuture();
    }
    Promise<Void> reached = waitingBySeq.computeIfAbsent(seq, s -> Promise.promise());
    Hall after = hall;
    if (after != null && after.at().seq() >= seq && waitingBySeq.remove(seq, reached)) {
      reached.tryComplete();
    }
    return reached.future();
  }
}
