package io.livehall.service;

import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.domain.UserId;
import io.livehall.service.port.RoomStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Behaves like a store. It can be told to hold its transactions, so that orders pile up, and to
 * fail them.
 */
final class StubRoomStore implements RoomStore {
  final Map<RoomId, Room> rooms = new LinkedHashMap<>();
  final Map<UserId, Ban> bans = new HashMap<>();
  final Map<OpeningKey, Opening> openings = new HashMap<>();
  final Map<RoomId, Instant> asks = new HashMap<>();
  final List<Entry> log = new ArrayList<>();
  final List<Writes> transactions = new ArrayList<>();

  /** What the next transactions fail with, one each. */
  final ArrayDeque<Throwable> troubles = new ArrayDeque<>();

  /** A room that the database refuses to write: its transaction fails as a whole. */
  @Nullable String poisonedTitle;

  private @Nullable ArrayDeque<Runnable> held;

  /** From here on transactions wait for {@link #release}. */
  void hold() {
    held = new ArrayDeque<>();
  }

  void release() {
    ArrayDeque<Runnable> waiting = held == null ? new ArrayDeque<>() : held;
    held = null;
    waiting.forEach(Runnable::run);
  }

  @Override
  public Future<Committed> transact(Wanted wanted, Function<Found, Future<Writes>> decide) {
    Promise<Committed> promise = Promise.promise();
    Runnable transaction = () -> transact(wanted, decide, promise);
    if (held == null) {
      transaction.run();
    } else {
      held.add(transaction);
    }
    return promise.future();
  }

  @Override
  public Future<Optional<Room>> find(RoomId id) {
    return Future.succeededFuture(Optional.ofNullable(rooms.get(id)));
  }

  private void transact(
      Wanted wanted, Function<Found, Future<Writes>> decide, Promise<Committed> promise) {
    if (!troubles.isEmpty()) {
      promise.fail(troubles.poll());
      return;
    }
    decide
        .apply(found(wanted))
        .onSuccess(writes -> write(writes, promise))
        .onFailure(promise::fail);
  }

  private void write(Writes writes, Promise<Committed> promise) {
    transactions.add(writes);
    if (writes.rooms().stream().anyMatch(room -> room.info().title().equals(poisonedTitle))) {
      promise.fail(new IllegalStateException("can't be written"));
      return;
    }
    writes.rooms().forEach(room -> rooms.put(room.id(), room));
    writes.openings().forEach(opening -> openings.put(opening.key(), opening));
    writes
        .asks()
        .forEach((id, at) -> at.ifPresentOrElse(t -> asks.put(id, t), () -> asks.remove(id)));
    log.addAll(writes.log());
    promise.complete(new Committed("epoch", log.size()));
  }

  private Found found(Wanted wanted) {
    List<Room> found =
        rooms.values().stream()
            .filter(
                room ->
                    wanted.ids().contains(room.id())
                        || (room.state() != RoomState.CLOSED
                            && (wanted.streams().contains(room.stream())
                                || wanted.hosts().contains(room.host().id()))))
            .toList();
    Map<UserId, Ban> barred = new HashMap<>(bans);
    barred.keySet().retainAll(wanted.hosts());
    Map<OpeningKey, Opening> known = new HashMap<>(openings);
    known.keySet().retainAll(wanted.openings());
    return new Found(found, barred, known);
  }
}
