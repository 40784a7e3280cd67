package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.Outcome;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.service.port.RoomStore;
import io.livehall.service.port.RoomStore.Ban;
import io.livehall.service.port.RoomStore.Opening;
import io.livehall.service.port.RoomStore.OpeningKey;
import io.livehall.service.port.RoomStore.Writes;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one batch of orders, taken in memory, one after the other, each seeing what the
 * last one did.
 */
final class Verdicts {
  private final RoomPolicy policy;
  private final Instant now;
  private final Map<RoomId, Room> rooms = new LinkedHashMap<>();
  private final Map<RoomId, Room> written = new LinkedHashMap<>();
  private final Map<RoomId, Optional<Instant>> asks = new LinkedHashMap<>();
  private final Map<OpeningKey, Opening> openings = new LinkedHashMap<>();
  private final List<Opening> newOpenings = new ArrayList<>();
  private final List<RoomStore.Entry> entries = new ArrayList<>();
  private final List<Future<Answer>> answers = new ArrayList<>();
  private Map<UserId, Ban> bans = Map.of();

  /** What is answered to an order; {@code pushUntil} to those that opened a room. */
  record Answer(Room room, @Nullable Instant pushUntil, long seq) {
    Order.Opened asOpened() {
      if (pushUntil == null) {
        throw new IllegalStateException("not an opening");
      }
      return new Order.Opened(room, pushUntil, seq);
    }

    Order.Kept asKept() {
      return new Order.Kept(room, seq);
    }
  }

  Verdicts(RoomPolicy policy, Instant now) {
    this.policy = policy;
    this.now = now;
  }

  Writes decide(List<Order> batch, RoomStore.Found found) {
    found.rooms().forEach(room -> rooms.put(room.id(), room));
    openings.putAll(found.openings());
    bans = found.bans();
    for (Order order : batch) {
      try {
        answers.add(
            Future.succeededFuture(
                order instanceof Order.Open open ? open(open) : change((Order.Change) order)));
      } catch (LiveException refusal) {
        answers.add(Future.failedFuture(refusal));
      }
    }
    return new Writes(List.copyOf(written.values()), entries, newOpenings, asks, Set.of());
  }

  /** The rooms that this batch closes. */
  Set<RoomId> closing() {
    return written.values().stream()
        .filter(room -> room.state() == RoomState.CLOSED)
        .map(Room::id)
        .collect(Collectors.toSet());
  }

  /** The same writes with the last counters of what closes; whose are missing is marked so. */
  Writes settled(Map<RoomId, Tally> tallies, boolean isKnown) {
    written.replaceAll((id, room) -> settled(room, tallies));
    entries.replaceAll(entry -> new RoomStore.Entry(entry.event(), settled(entry.room(), tallies)));
    answers.replaceAll(
        answer -> answer.map(a -> new Answer(settled(a.room, tallies), a.pushUntil, a.seq)));
    return new Writes(
        List.copyOf(written.values()), entries, newOpenings, asks, isKnown ? Set.of() : closing());
  }

  private static Room settled(Room room, Map<RoomId, Tally> tallies) {
    if (room.state() != RoomState.CLOSED) {
      return room;
    }
    return room.counted(room.tally().closedWith(tallies.getOrDefault(room.id(), Tally.ZERO)));
  }

  /** The log entries that the batch makes, in order. */
  List<RoomStore.Entry> entries() {
    return entries;
  }

  List<Future<Answer>> answers(long seq) {
    long end = entries.isEmpty() ? 0 : seq;
    return answers.stream()
        .map(answer -> answer.map(a -> new Answer(a.room, a.pushUntil, end)))
        .toList();
  }

  private Answer open(Order.Open order) {
    UserId host = order.host().id();
    OpeningKey key = order.attempt() == null ? null : new OpeningKey(host, order.attempt().key());
    Opening before = key == null ? null : openings.get(key);
    if (before != null && order.attempt() != null) {
      if (!before.request().equals(order.attempt().request())) {
        throw new LiveException(
            ErrorCode.KEY_REUSED, "This Idempotency-Key was used for another request.");
      }
      return new Answer(before.room(), before.pushUntil(), 0);
    }
    refuseBanned(host);
    findOpen(room -> room.host().id().equals(host))
        .ifPresent(old -> apply(old, old.hear(new RoomChange.Replaced(), policy.liveness(), now)));
    RoomId id = RoomId.random();
    Room room = Room.open(id, policy.streams().apply(id, host), order.host(), order.info(), now);
    apply(room, new Outcome.Changed(room, null));
    Instant pushUntil = now.plus(policy.pushFor());
    if (key != null && order.attempt() != null) {
      Opening opening = new Opening(key, order.attempt().request(), room, pushUntil);
      openings.put(key, opening);
      newOpenings.add(opening);
    }
    return new Answer(room, pushUntil, 0);
  }

  private void refuseBanned(UserId host) {
    Ban ban = bans.get(host);
    if (ban != null && (ban.until() == null || ban.until().isAfter(now))) {
      String end = ban.until() == null ? "for good" : "until " + ban.until();
      throw new LiveException(
          ErrorCode.HOST_BANNED, "You may not broadcast " + end + ": " + ban.reason());
    }
  }

  private Answer change(Order.Change order) {
    Room room =
        find(order.target())
            .orElseThrow(
                () ->
                    new LiveException(ErrorCode.ROOM_NOT_FOUND, "There is no room with this id."));
    Outcome outcome = room.hear(order.change(), policy.liveness(), now);
    if (outcome instanceof Outcome.Refused refused) {
      throw new LiveException(refused.code(), refused.detail());
    }
    Room after = apply(room, outcome);
    boolean isUrgent = order.change() instanceof RoomChange.SaysLive && after.isDoubted();
    if (isUrgent) {
      asks.put(after.id(), Optional.of(now));
    }
    return new Answer(after, null, 0);
  }

  private Optional<Room> find(Order.Target target) {
    if (target instanceof Order.Target.ById byId) {
      return Optional.ofNullable(rooms.get(byId.id()));
    }
    var byStream = (Order.Target.ByStream) target;
    return findOpen(room -> room.stream().equals(byStream.stream()));
  }

  private Optional<Room> findOpen(Predicate<Room> which) {
    return rooms.values().stream()
        .filter(room -> room.state() != RoomState.CLOSED)
        .filter(which)
        .findFirst();
  }

  private Room apply(Room before, Outcome outcome) {
    if (!(outcome instanceof Outcome.Changed changed)) {
      return before;
    }
    Room room = changed.room();
    boolean isNew = !rooms.containsKey(room.id());
    rooms.put(room.id(), room);
    written.put(room.id(), room);
    if (isNew || room.state() != before.state()) {
      asks.put(room.id(), room.askAt(policy.liveness(), now));
    }
    if (changed.event() != null) {
      entries.add(new RoomStore.Entry(changed.event(), room.withoutEvidence()));
    }
    return room;
  }
}
