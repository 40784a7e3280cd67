package io.livehall.service;

import static io.livehall.service.Keeping.ADA;
import static io.livehall.service.Keeping.BOB;
import static io.livehall.service.Keeping.NOW;
import static io.livehall.service.Keeping.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomState;
import io.livehall.domain.UserId;
import io.livehall.service.Order.Kept;
import io.livehall.service.Order.Opened;
import io.livehall.service.port.RoomStore.Entry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
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
}
