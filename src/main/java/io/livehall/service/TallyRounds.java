package io.livehall.service;

import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.hall.Hall;
import io.livehall.hall.ListedRoom;
import io.livehall.service.port.CounterStore;
import io.livehall.service.port.CounterStore.Look;
import io.livehall.service.port.CounterStore.State;
import io.livehall.service.port.TallyStore;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the counters, tells what they are, and keeps them for good. Belongs to one event loop.
 *
 * <pre>
 *   touched rooms, every tick ──┐                      ┌──▶ told to every node
 *   all live rooms, by and by ──┴──▶ look (the store) ─┼──▶ kept for good, every ten seconds
 *                                                      └──▶ of all rooms: whose lease ran out has left
 * </pre>
 */
final class TallyRounds {
  private static final Logger LOG = LoggerFactory.getLogger(TallyRounds.class);

  /** So many rooms that were touched are looked at with one call. */
  static final int TOLD_AT_ONCE = 100;

  /** So many rooms are written at once. */
  private static final int KEPT_AT_ONCE = 250;

  /** So many rooms that closed are settled at once. */
  private static final int SETTLED_AT_ONCE = 1_000;

  /** About so many of all rooms are looked at with one call, touched or not. */
  private static final int AROUND = 250;

  /** So many who are gone are taken out of a room with each look. */
  private static final int GONE_MAX = 200;

  private final CounterStore counters;
  private final TallyStore tallies;
  private final Listing listing;
  private final BiConsumer<RoomId, Look> gone;
  private final RoomQueue touched = new RoomQueue();
  private final LinkedHashSet<RoomId> lapsing = new LinkedHashSet<>();
  private final Map<RoomId, Tally> unkept = new HashMap<>();
  private final Map<RoomId, Tally> kept = new HashMap<>();
  private int next;
  private Future<Void> keeping = Future.succeededFuture();

  /**
   * @param gone hears of rooms whose viewers were taken out
   */
  TallyRounds(
      CounterStore counters, TallyStore tallies, Listing listing, BiConsumer<RoomId, Look> gone) {
    this.counters = counters;
    this.tallies = tallies;
    this.listing = listing;
    this.gone = gone;
  }

  void touch(RoomId room) {
    touched.add(room);
  }

  int untold() {
    return touched.size();
  }

  /** The counters of rooms that were touched; of as many as go at once, the others wait. */
  Future<Tallies> lookAtTouched() {
    return look(touched.poll(TOLD_AT_ONCE), 0);
  }

  /**
   * The counters of the next rooms of the list, so that all of them are seen in so many calls:
   * leases run out without a word, recent likes cool, and a node that died told nobody what it had
   * counted. Where very many leases ran out, the room is seen with each call.
   */
  Future<Tallies> lookAround(int calls) {
    if (!listing.isLoaded()) {
      return Future.succeededFuture(new Tallies(List.of()));
    }
    Hall hall = listing.now();
    int parts = Math.max(calls, hall.size() / AROUND + 1);
    hall.part(next % parts, parts).forEach(room -> lapsing.add(room.id()));
    next = (next + 1) % parts;
    if (next == 0) {
      kept.keySet().removeIf(room -> hall.find(room) == null);
    }
    List<RoomId> rooms = List.copyOf(lapsing);
    lapsing.clear();
    return look(rooms, GONE_MAX);
  }

  /**
   * Keeps for good what has changed, and the last counters of rooms that closed without.
   *
   * @param pause after each of the portions in which much is written, so that it holds up nobody
   */
  Future<Void> keep(Supplier<Future<Void>> pause) {
    if (keeping.isComplete()) {
      keeping = keepAll(pause);
    }
    return keeping;
  }

  private Future<Void> keepAll(Supplier<Future<Void>> pause) {
    return save(pause)
        .compose(done -> settle())
        .onFailure(trouble -> LOG.warn("counters are not kept: {}", trouble.toString()));
  }

  /** What has changed by now; what changes meanwhile has its turn the next time. */
  private Future<Void> save(Supplier<Future<Void>> pause) {
    List<Map.Entry<RoomId, Tally>> all = List.copyOf(unkept.entrySet());
    Future<Void> saved = Future.succeededFuture();
    for (int from = 0; from < all.size(); from += KEPT_AT_ONCE) {
      var some = all.subList(from, Math.min(from + KEPT_AT_ONCE, all.size()));
      saved = saved.compose(done -> save(some)).compose(done -> pause.get());
    }
    return saved;
  }

  private Future<Void> save(List<Map.Entry<RoomId, Tally>> some) {
    Map<RoomId, Tally> saving = new HashMap<>();
    some.forEach(entry -> saving.put(entry.getKey(), entry.getValue()));
    return tallies
        .save(saving)
        .onSuccess(
            done -> {
              kept.putAll(saving);
              // What has changed again meanwhile stays.
              saving.forEach(unkept::remove);
            });
  }

  private Future<Void> settle() {
    return tallies
        .unsettled(SETTLED_AT_ONCE)
        .compose(
            rooms ->
                rooms.isEmpty()
                    ? Future.succeededFuture()
                    : counters
                        .seal(rooms)
                        .compose(last -> tallies.settle(last, rooms))
                        .compose(done -> settle()));
  }

  private Future<Tallies> look(List<RoomId> rooms, int goneMax) {
    return rooms.isEmpty()
        ? Future.succeededFuture(new Tallies(List.of()))
        : counters.look(rooms, goneMax).map(looks -> read(rooms, looks));
  }

  private Tallies read(List<RoomId> rooms, List<Look> looks) {
    Map<RoomId, Tally> tooLow = new HashMap<>();
    for (int i = 0; i < rooms.size(); i++) {
      RoomId room = rooms.get(i);
      Look look = looks.get(i);
      if (look.state() == State.AWAY) {
        touched.add(room);
      }
      if (look.state() != State.COUNTED) {
        continue;
      }
      Tally tally = look.tally();
      if (!tally.equals(kept.get(room))) {
        unkept.put(room, tally);
      }
      if (!look.gone().isEmpty()) {
        gone.accept(room, look);
      }
      if (look.gone().size() >= GONE_MAX) {
        lapsing.add(room);
      }
      ListedRoom shown = listing.isLoaded() ? listing.now().find(room) : null;
      if (shown != null && shown.likes() > tally.likes()) {
        tooLow.put(room, new Tally(0, shown.likes(), 0, 0));
      }
    }
    if (!tooLow.isEmpty()) {
      counters.raise(tooLow).onFailure(trouble -> LOG.debug("not raised: {}", trouble.toString()));
    }
    return Tallies.of(rooms, looks);
  }
}
