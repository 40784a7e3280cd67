package io.livehall.postgres;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.domain.Host;
import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import io.livehall.service.GroupCommit;
import io.livehall.service.Order;
import io.livehall.service.RoomKeeper;
import io.livehall.service.RoomPolicy;
import io.livehall.service.port.WatchList.Claim;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresWatchListTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration START_WITHIN = Duration.ofMinutes(5);
  private static final Duration POLL_EVERY = Duration.ofSeconds(10);
  private static final Duration HOLD = Duration.ofSeconds(30);

  private final Postgres postgres = TestStores.migratedDatabase();

  @Test
  void aRoomThatNeverStartedIsDueWhenItShouldHave() {
    Room room = open("anna");

    assertThat(claim(NOW.plus(START_WITHIN).minusMillis(1))).isEmpty();
    assertThat(claim(NOW.plus(START_WITHIN)))
        .containsExactly(
            new Claim(
                room.id(), room.stream(), RoomState.CREATED, 1, NOW.plus(START_WITHIN).plus(HOLD)));
  }

  @Test
  void aClaimHoldsForItsTimeAndIsCounted() {
    live("anna");
    Instant due = NOW.plus(POLL_EVERY);

    assertThat(claim(due))
        .extracting(Claim::number, Claim::state)
        .containsExactly(tuple(1, RoomState.LIVE));
    assertThat(claim(due.plus(HOLD).minusMillis(1))).isEmpty();
    assertThat(claim(due.plus(HOLD))).extracting(Claim::number).containsExactly(2L);
  }

  @Test
  void aSettledRoomIsDueWhenItIsSaid() {
    live("anna");
    Instant due = NOW.plus(POLL_EVERY);
    Claim claim = claim(due).get(0);

    await(at(due).settle(Map.of(claim, due.plusSeconds(9))));

    assertThat(claim(due.plusSeconds(8))).isEmpty();
    assertThat(claim(due.plusSeconds(9))).hasSize(1);
  }

  @Test
  void aDoubtThatCameMeanwhileIsNotSettledAway() {
    Room room = live("anna");
    Instant due = NOW.plus(POLL_EVERY);
    Claim claim = claim(due).get(0);
    change(room, new RoomChange.PushEnded("1", due, NOW), due);
    change(room, new RoomChange.SaysLive(room.host().id()), due.plusSeconds(1));

    await(at(due.plusSeconds(2)).settle(Map.of(claim, due.plusSeconds(12))));

    assertThat(claim(due.plusSeconds(2))).extracting(Claim::room).containsExactly(room.id());
  }

  @Test
  void aLateSettlementDoesNotTouchALaterClaim() {
    live("anna");
    Instant due = NOW.plus(POLL_EVERY);
    Claim late = claim(due).get(0);
    Claim later = claim(due.plus(HOLD)).get(0);

    await(at(due.plus(HOLD)).settle(Map.of(late, due.plus(HOLD))));

    assertThat(claim(due.plus(HOLD).plusSeconds(1))).isEmpty();
    assertThat(claim(later.heldUntil())).hasSize(1);
  }

  @Test
  void aClosedRoomIsNotWatched() {
    Room room = live("anna");

    change(room, new RoomChange.Ends(room.host().id()), NOW);

    assertThat(claim(NOW.plus(Duration.ofDays(1)))).isEmpty();
  }

  @Test
  void theRoomsThatWaitLongestComeFirst() {
    List<Room> rooms =
        IntStream.range(0, 5).mapToObj(i -> open("h" + i, NOW.plusSeconds(5 - i))).toList();
    Instant allDue = NOW.plus(START_WITHIN).plusSeconds(10);

    assertThat(await(at(allDue).claim(2, HOLD)))
        .extracting(Claim::room)
        .containsExactlyInAnyOrder(rooms.get(4).id(), rooms.get(3).id());
  }

  @Test
  void nodesThatClaimAtOnceGetEachRoomOnce() {
    IntStream.range(0, 60).forEach(i -> live("h" + i));
    Instant due = NOW.plus(POLL_EVERY);

    List<Future<List<Claim>>> claims =
        IntStream.range(0, 12).mapToObj(i -> at(due).claim(5, HOLD)).toList();
    await(Future.join(claims));

    List<Claim> all = new ArrayList<>();
    claims.forEach(claim -> all.addAll(claim.result()));
    all.addAll(claim(due));
    assertThat(all).hasSize(60).allSatisfy(claim -> assertThat(claim.number()).isEqualTo(1));
    assertThat(all).extracting(Claim::room).doesNotHaveDuplicates();
  }

  private static org.assertj.core.groups.Tuple tuple(long number, RoomState state) {
    return org.assertj.core.groups.Tuple.tuple(number, state);
  }

  private List<Claim> claim(Instant now) {
    return await(at(now).claim(100, HOLD));
  }

  private PostgresWatchList at(Instant now) {
    return new PostgresWatchList(postgres, Clock.fixed(now, ZoneOffset.UTC));
  }

  private Room live(String host) {
    return change(open(host), new RoomChange.PushBegan("1", NOW), NOW);
  }

  private Room open(String host) {
    return open(host, NOW);
  }

  private Room open(String host, Instant now) {
    Host of = new Host(new UserId(host), null, null);
    RoomInfo info = new RoomInfo("t", null, null, List.of());
    return await(keeper(now).open(new Order.Open(of, info, null))).room();
  }

  private Room change(Room room, RoomChange change, Instant now) {
    return await(keeper(now).change(new Order.Change(new Order.Target.ById(room.id()), change)))
        .room();
  }

  private RoomKeeper keeper(Instant now) {
    var liveness =
        new LivenessPolicy(START_WITHIN, POLL_EVERY, Duration.ofMinutes(1), Duration.ZERO, false);
    var policy =
        new RoomPolicy(liveness, (id, host) -> StreamName.ofRoom("8888", id), Duration.ofHours(24));
    return new RoomKeeper(
        new RoomKeeper.Ports(
            new PostgresRooms(postgres), rooms -> Future.succeededFuture(Map.of())),
        policy,
        new GroupCommit.Limits(100, 1_000),
        Clock.fixed(now, ZoneOffset.UTC),
        (committed, entries) -> {});
  }
}
