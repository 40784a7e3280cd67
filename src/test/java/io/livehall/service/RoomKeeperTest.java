package io.livehall.service;

import static io.livehall.service.Keeping.ADA;
import static io.livehall.service.Keeping.BOB;
import static io.livehall.service.Keeping.NOW;
import static io.livehall.service.Keeping.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomState;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.service.Order.Kept;
import io.livehall.service.Order.Opened;
import io.livehall.service.port.RoomStore;
import io.livehall.service.port.RoomStore.Entry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What becomes of a batch; what is decided of each order is in {@link VerdictsTest}. */
class RoomKeeperTest {
  private final Keeping keeping = new Keeping();
  private final StubRoomStore store = keeping.store;

  @Test
  void changeIsAnsweredWithTheEndOfTheLog() {
    Room room = keeping.open(ADA, null).result().room();

    Kept kept = keeping.change(room.id(), new RoomChange.SaysLive(ADA)).result();

    assertThat(kept.room().state()).isEqualTo(RoomState.LIVE);
    assertThat(kept.seq()).isEqualTo(1);
    assertThat(store.asks).containsEntry(room.id(), NOW.plus(Duration.ofSeconds(10)));
    assertThat(keeping.news).hasSize(1);
    assertThat(keeping.news.get(0))
        .containsExactly(new Entry(RoomEvent.WENT_LIVE, kept.room().withoutEvidence()));
  }

  @Test
  void batchIsDecidedInOrderEachSeeingTheLast() {
    Room room = keeping.open(ADA, null).result().room();
    store.hold();
    keeping.open(BOB, null);
    Future<Kept> live = keeping.change(room.id(), new RoomChange.SaysLive(ADA));
    Future<Kept> ends = keeping.change(room.id(), new RoomChange.Ends(ADA));
    Future<Kept> late = keeping.change(room.id(), new RoomChange.Beats(ADA));
    store.release();

    assertThat(live.result().room().state()).isEqualTo(RoomState.LIVE);
    assertThat(ends.result().room().state()).isEqualTo(RoomState.CLOSED);
    assertThat(codeOf(late)).isEqualTo(ErrorCode.ROOM_CLOSED);
    assertThat(store.log.stream().map(Entry::event))
        .containsExactly(RoomEvent.WENT_LIVE, RoomEvent.CLOSED);
    assertThat(live.result().seq()).isEqualTo(2);
  }

  @Test
  void collisionIsTriedAgain() {
    store.troubles.add(new CollisionException(new IllegalStateException("deadlock")));
    store.troubles.add(new CollisionException(new IllegalStateException("deadlock")));

    assertThat(keeping.open(ADA, null).succeeded()).isTrue();
    assertThat(store.rooms).hasSize(1);
  }

  @Test
  void collisionThatDoesNotEndFails() {
    for (int i = 0; i < 10; i++) {
      store.troubles.add(new CollisionException(new IllegalStateException("deadlock")));
    }

    assertThat(keeping.open(ADA, null).cause()).isInstanceOf(CollisionException.class);
  }

  @Test
  void oneBadOrderDoesNotFailTheOthers() {
    store.poisonedTitle = "poison";
    store.hold();
    keeping.open(new UserId("first"), null);
    Future<Opened> good = keeping.open(ADA, null);
    Future<Opened> bad =
        keeping.keeper.open(
            new Order.Open(
                new Host(BOB, null, null), new RoomInfo("poison", null, null, List.of()), null));
    Future<Opened> alsoGood = keeping.open(new UserId("eve"), null);
    store.release();

    assertThat(good.succeeded()).isTrue();
    assertThat(alsoGood.succeeded()).isTrue();
    assertThat(bad.cause()).hasMessage("can't be written");
    assertThat(store.rooms).hasSize(3);
  }

  @Test
  void storeThatIsAwayFailsAllAtOnceAndIsNotTriedAgain() {
    store.hold();
    Future<Opened> first = keeping.open(ADA, null);
    Future<Opened> second = keeping.open(BOB, null);
    Future<Opened> third = keeping.open(new UserId("eve"), null);
    store.troubles.add(new LiveException(ErrorCode.UNAVAILABLE, "away"));
    store.troubles.add(new LiveException(ErrorCode.TIMEOUT, "slow"));
    store.release();

    assertThat(codeOf(first)).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(codeOf(second)).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(codeOf(third)).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(store.transactions).isEmpty();
    assertThat(keeping.open(ADA, null).succeeded()).isTrue();
  }

  @Test
  void moreThanMayWaitIsRefused() {
    store.hold();
    for (int i = 0; i <= 20; i++) {
      keeping.open(new UserId("u" + i), null);
    }

    assertThat(keeping.keeper.waiting()).isEqualTo(20);
    assertThat(codeOf(keeping.open(ADA, null))).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void closedRoomHasItsLastCountersInItsRowInTheLogAndInTheAnswer() {
    Tally last = new Tally(0, 42, 7, 9);
    Room room = keeping.open(ADA, null).result().room();
    keeping.change(room.id(), new RoomChange.SaysLive(ADA));
    keeping.seals = rooms -> Future.succeededFuture(Map.of(room.id(), last));

    Kept kept = keeping.change(room.id(), new RoomChange.Ends(ADA)).result();

    assertThat(kept.room().tally()).isEqualTo(last);
    assertThat(store.rooms.get(room.id()).tally()).isEqualTo(last);
    assertThat(store.log.get(1).room().tally()).isEqualTo(last);
    assertThat(keeping.news.get(1).get(0).room().tally()).isEqualTo(last);
    assertThat(lastWrites().unsettled()).isEmpty();
  }

  @Test
  void onlyRoomsThatCloseAreSealed() {
    List<Set<RoomId>> sealed = new ArrayList<>();
    keeping.seals =
        rooms -> {
          sealed.add(rooms);
          return Future.succeededFuture(Map.of());
        };
    Room first = keeping.open(ADA, null).result().room();
    keeping.open(BOB, null);
    keeping.change(first.id(), new RoomChange.SaysLive(ADA));
    assertThat(sealed).isEmpty();

    Room second = keeping.open(ADA, null).result().room();
    keeping.change(second.id(), new RoomChange.Ends(ADA));
    keeping.change(second.id(), new RoomChange.Ends(ADA));

    assertThat(sealed).containsExactly(Set.of(first.id()), Set.of(second.id()));
  }

  @Test
  void roomClosesWithWhatWasKeptWhenItsLastCountersCantBeHad() {
    Tally kept = new Tally(3, 42, 7, 9);
    for (var seals : failing()) {
      Room room = keeping.open(ADA, null).result().room();
      store.rooms.put(room.id(), room.counted(kept));
      keeping.seals = seals;

      Future<Kept> ended = keeping.change(room.id(), new RoomChange.Ends(ADA));

      Room closed = TestStores.await(ended).room();
      assertThat(closed.state()).isEqualTo(RoomState.CLOSED);
      assertThat(closed.tally()).isEqualTo(new Tally(0, 42, 7, 9));
      assertThat(lastWrites().unsettled()).containsExactly(room.id());
    }
  }

  private static List<Function<Set<RoomId>, Future<Map<RoomId, Tally>>>> failing() {
    return List.of(
        rooms -> Future.failedFuture(new LiveException(ErrorCode.UNAVAILABLE, "away")),
        rooms -> Promise.<Map<RoomId, Tally>>promise().future(),
        rooms -> {
          throw new IllegalStateException("a bug");
        });
  }

  private RoomStore.Writes lastWrites() {
    return store.transactions.get(store.transactions.size() - 1);
  }
}
