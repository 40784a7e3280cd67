package io.livehall.service;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.service.port.CounterStore;
import io.livehall.service.port.CounterStore.Done;
import io.livehall.service.port.CounterStore.Look;
import io.livehall.service.port.CounterStore.Step;
import io.livehall.service.port.TallyStore;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Counts viewers, and what everyone is told of likes and viewers, for this node and for those who
 * count nothing themselves. Belongs to one event loop.
 */
public final class Counting implements Counter {
  /** Of so many rooms the counters are told at once; the others wait. */
  public static final int TOLD_AT_ONCE = TallyRounds.TOLD_AT_ONCE;

  private final VisitCounter visits;
  private final TallyRounds rounds;
  private final Comings comings;

  /**
   * @param visits how many are written at once, and how many may wait
   * @param namesMax how many of those who come and go in a room are named with each telling
   */
  public record Limits(GroupCommit.Limits visits, int namesMax) {}

  public Counting(CounterStore store, TallyStore tallies, Listing listing, Limits limits) {
    this.comings = new Comings(limits.namesMax());
    this.rounds = new TallyRounds(store, tallies, listing, this::gone);
    var rooms = new CountedRooms(store, tallies, listing);
    this.visits = new VisitCounter(rooms, limits.visits(), this::moved);
  }

  @Override
  public Future<Moved> visit(Visits all) {
    return visits.take(all);
  }

  @Override
  public Future<Boolean> touch(Touched touched) {
    touched.rooms().forEach(rounds::touch);
    return Future.succeededFuture(true);
  }

  public int waiting() {
    return visits.waiting();
  }

  /** Rooms whose counters have moved, and that are not told yet. */
  public int untold() {
    return rounds.untold();
  }

  /** The counters that have moved, as many as go at once. */
  public Future<Tallies> tallies() {
    return rounds.lookAtTouched();
  }

  /** The counters of a part of all rooms; so many calls see all of them. */
  public Future<Tallies> around(int calls) {
    return rounds.lookAround(calls);
  }

  /** Keeps for good what has changed, at once. */
  public Future<Void> keep() {
    return rounds.keep(Future::succeededFuture);
  }

  /**
   * @param pause after each portion of it
   */
  public Future<Void> keep(Supplier<Future<Void>> pause) {
    return rounds.keep(pause);
  }

  /** Who came and left since it was last asked. */
  public Presence presence() {
    return comings.drain();
  }

  private void moved(RoomId room, Step step, Done done) {
    if (!done.isChange()) {
      return;
    }
    rounds.touch(room);
    if (step instanceof Step.Enter enter) {
      comings.came(room, enter.viewer());
    } else {
      Viewer left = done.left();
      UserId user = step.user();
      comings.left(room, left == null ? new Viewer(user, null, null) : left);
    }
  }

  private void gone(RoomId room, Look look) {
    look.gone().forEach(viewer -> comings.left(room, viewer));
  }
}
