package io.livehall.bench;

import io.livehall.domain.Host;
import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import io.livehall.postgres.Migrations;
import io.livehall.postgres.Postgres;
import io.livehall.postgres.PostgresRooms;
import io.livehall.service.GroupCommit;
import io.livehall.service.Order;
import io.livehall.service.RoomKeeper;
import io.livehall.service.RoomPolicy;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code KeeperRate HOSTS}: durable changes per second through the keeper, in this process. */
public final class KeeperRate {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private KeeperRate() {}

  public static void main(String[] arguments) throws IOException {
    Vertx vertx = Vertx.vertx();
    try {
      var postgres = new Postgres(vertx, SeedRooms.database(PATIENCE));
      new Migrations(postgres).run().await();
      var seqHeard = new AtomicLong();
      var keeper =
          new RoomKeeper(
              new RoomKeeper.Ports(
                  new PostgresRooms(postgres), rooms -> Future.succeededFuture(Map.of())),
              policy(),
              new GroupCommit.Limits(100, 5_000),
              Clock.systemUTC(),
              (committed, entries) -> requireNoGap(seqHeard, committed.seq(), entries.size()));
      Context loop = vertx.getOrCreateContext();
      int hosts = Integer.parseInt(arguments[0]);
      new Laps(loop, IntStream.range(0, hosts).mapToObj(n -> new Story(keeper, n)).toList()).run();
    } finally {
      vertx.close().await();
    }
  }

  private static RoomPolicy policy() {
    var liveness =
        new LivenessPolicy(Duration.ofMinutes(5), DAY, Duration.ofMinutes(1), Duration.ZERO, false);
    return new RoomPolicy(liveness, (room, host) -> StreamName.ofRoom("8888", room), DAY);
  }

  /** What is counted must be in the log, each entry once. */
  private static void requireNoGap(AtomicLong heard, long seq, int entries) {
    long before = heard.getAndSet(seq);
    if (before != 0 && before + entries != seq) {
      throw new IllegalStateException("the log went from " + before + " to " + seq);
    }
  }

  /** A host who opens a room, goes live, closes it, and begins again. */
  private static final class Story implements Laps.Host {
    private final RoomKeeper keeper;
    private final Host host;
    private @Nullable RoomId room;
    private boolean isLive;

    Story(RoomKeeper keeper, int number) {
      this.keeper = keeper;
      this.host = new Host(new UserId("keeper_" + number), "主播 " + number, null);
    }

    @Override
    public Future<?> change() {
      if (room == null) {
        var info = new RoomInfo("Guitar under the stars", null, "深圳", List.of("music", "吉他"));
        return keeper.open(new Order.Open(host, info, null)).onSuccess(o -> room = o.room().id());
      }
      var target = new Order.Target.ById(room);
      if (!isLive) {
        isLive = true;
        return keeper.change(new Order.Change(target, new RoomChange.SaysLive(host.id())));
      }
      room = null;
      isLive = false;
      return keeper.change(new Order.Change(target, new RoomChange.Ends(host.id())));
    }
  }
}
