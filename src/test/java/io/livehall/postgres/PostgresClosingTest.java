package io.livehall.postgres;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.domain.Host;
import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.StreamName;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.service.GroupCommit;
import io.livehall.service.Order;
import io.livehall.service.RoomKeeper;
import io.livehall.service.RoomPolicy;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Rooms that close, and what was counted of them. */
class PostgresClosingTest {
  private static final UserId HOST = new UserId("host");

  private final Postgres postgres = TestStores.migratedDatabase();
  private final PostgresRooms store = new PostgresRooms(postgres);
  private final PostgresTallies tallies = new PostgresTallies(postgres);
  private final PostgresLog log = new PostgresLog(postgres);
  private final RoomKeeper keeper = keeper();

  private Function<Set<RoomId>, Future<Map<RoomId, Tally>>> seals =
      rooms -> Future.succeededFuture(Map.of());

  @Test
  void aClosedRoomHasItsLastCountersAndSoHasTheLog() {
    Room room = open();
    change(room, new RoomChange.SaysLive(HOST));
    await(tallies.save(Map.of(room.id(), new Tally(5, 40, 7, 8))));
    seals = rooms -> Future.succeededFuture(Map.of(room.id(), new Tally(0, 42, 6, 9)));

    Room closed = change(room, new RoomChange.Ends(HOST));

    assertThat(closed.tally()).isEqualTo(new Tally(0, 42, 7, 9));
    assertThat(await(store.find(room.id())).orElseThrow()).isEqualTo(closed);
    assertThat(await(log.after(1, 10)))
        .extracting(news -> news.room().tally())
        .containsExactly(closed.tally());
    assertThat(await(tallies.unsettled(10))).isEmpty();
  }

  @Test
  void aRoomThatClosesWithoutItsLastCountersIsToBeSettled() {
    Room room = open();
    await(tallies.save(Map.of(room.id(), new Tally(5, 40, 7, 8))));
    seals = rooms -> Future.failedFuture("away");

    Room closed = change(room, new RoomChange.Ends(HOST));
    open();

    assertThat(closed.tally()).isEqualTo(new Tally(0, 40, 7, 8));
    assertThat(await(tallies.unsettled(10))).containsExactly(room.id());
  }

  @Test
  void aRoomThatIsReplacedHasItsLastCountersToo() {
    Room room = open();
    seals = rooms -> Future.succeededFuture(Map.of(room.id(), new Tally(0, 42, 6, 9)));

    Room next = open();

    assertThat(await(store.find(room.id())).orElseThrow().tally())
        .isEqualTo(new Tally(0, 42, 6, 9));
    assertThat(await(store.find(next.id())).orElseThrow().tally()).isEqualTo(Tally.ZERO);
  }

  @Test
  void aWordAboutAnOpenRoomLeavesItsCountersAsTheyWereKept() {
    Tally kept = new Tally(5, 40, 7, 8);
    Room room = open();
    await(tallies.save(Map.of(room.id(), kept)));

    Room live = change(room, new RoomChange.SaysLive(HOST));

    assertThat(live.tally()).isEqualTo(kept);
    assertThat(await(store.find(room.id())).orElseThrow().tally()).isEqualTo(kept);
  }

  private RoomKeeper keeper() {
    var liveness =
        new LivenessPolicy(
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ZERO,
            false);
    return new RoomKeeper(
        new RoomKeeper.Ports(store, rooms -> seals.apply(rooms)),
        new RoomPolicy(
            liveness, (room, host) -> StreamName.ofRoom("8888", room), Duration.ofHours(24)),
        new GroupCommit.Limits(100, 5_000),
        Clock.tickMillis(ZoneOffset.UTC),
        (committed, entries) -> {});
  }

  private Room open() {
    var info = new RoomInfo("t", null, null, List.of());
    return await(keeper.open(new Order.Open(new Host(HOST, null, null), info, null))).room();
  }

  private Room change(Room room, RoomChange change) {
    return await(keeper.change(new Order.Change(new Order.Target.ById(room.id()), change))).room();
  }
}
