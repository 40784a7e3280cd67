package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.StreamName;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.service.Order.Attempt;
import io.livehall.service.Order.Kept;
import io.livehall.service.Order.Opened;
import io.livehall.service.Order.Target.ById;
import io.livehall.service.port.RoomStore.Entry;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A keeper on a store that is a stub. */
final class Keeping {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final UserId ADA = new UserId("ada");
  static final UserId BOB = new UserId("bob");

  final StubRoomStore store = new StubRoomStore();
  final List<List<Entry>> news = new ArrayList<>();

  /** What ends the counting in rooms that close; they were not counted as a rule. */
  Function<Set<RoomId>, Future<Map<RoomId, Tally>>> seals =
      rooms -> Future.succeededFuture(Map.of());

  final RoomKeeper keeper =
      new RoomKeeper(
          new RoomKeeper.Ports(store, rooms -> seals.apply(rooms)),
          policy(),
          new GroupCommit.Limits(10, 20),
          Clock.fixed(NOW, ZoneOffset.UTC),
          (committed, entries) -> news.add(entries));

  Future<Opened> open(UserId host, @Nullable Attempt attempt) {
    return keeper.open(
        new Order.Open(
            new Host(host, null, null), new RoomInfo("Engines", null, null, List.of()), attempt));
  }

  Future<Kept> change(RoomId room, RoomChange change) {
    return change(new ById(room), change);
  }

  Future<Kept> change(Order.Target target, RoomChange change) {
    return keeper.change(new Order.Change(target, change));
  }

  static @Nullable ErrorCode codeOf(Future<?> answer) {
    return answer.cause() instanceof LiveException refusal ? refusal.code() : null;
  }

  private static RoomPolicy policy() {
    var liveness =
        new LivenessPolicy(
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ZERO,
            false);
    return new RoomPolicy(
        liveness, (room, user) -> StreamName.ofRoom("8888", room), Duration.ofHours(24));
  }
}
