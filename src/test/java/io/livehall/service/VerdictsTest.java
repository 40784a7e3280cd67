package io.livehall.service;

import static io.livehall.service.Keeping.ADA;
import static io.livehall.service.Keeping.BOB;
import static io.livehall.service.Keeping.NOW;
import static io.livehall.service.Keeping.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.CloseReason;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.service.Order.Attempt;
import io.livehall.service.Order.Opened;
import io.livehall.service.Order.Target.ByStream;
import io.livehall.service.port.RoomStore.Ban;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is decided of each order, by itself and within a batch. */
class VerdictsTest {
  private final Keeping keeping = new Keeping();
  private final StubRoomStore store = keeping.store;

  @Test
  void openedRoomIsStoredButNotInTheLog() {
    Opened opened = keeping.open(ADA, null).result();

    assertThat(store.rooms.values()).containsExactly(opened.room());
    assertThat(opened.room().stream().value()).isEqualTo("8888_" + opened.room().id());
    assertThat(opened.pushUntil()).isEqualTo(NOW.plus(Duration.ofHours(24)));
    assertThat(opened.seq()).isZero();
    assertThat(store.asks).containsEntry(opened.room().id(), NOW.plus(Duration.ofMinutes(5)));
    assertThat(keeping.news).isEmpty();
  }

  @Test
  void openingReplacesTheHostsOpenRoom() {
    Room first = keeping.open(ADA, null).result().room();
    Room other = keeping.open(BOB, null).result().room();

    Room second = keeping.open(ADA, null).result().room();

    assertThat(store.rooms.get(first.id()).closeReason()).isEqualTo(CloseReason.REPLACED);
    assertThat(store.asks).doesNotContainKey(first.id());
    assertThat(store.rooms.get(second.id()).state()).isEqualTo(RoomState.CREATED);
    assertThat(store.rooms.get(other.id()).state()).isEqualTo(RoomState.CREATED);
  }

  @Test
  void openingReplacesTheHostsOpenRoomWithinOneBatchToo() {
    store.hold();
    keeping.open(BOB, null);
    Future<Opened> first = keeping.open(ADA, null);
    Future<Opened> second = keeping.open(ADA, null);
    store.release();

    assertThat(store.transactions).hasSize(2);
    assertThat(first.result().room().state()).isEqualTo(RoomState.CREATED);
    assertThat(store.rooms.get(first.result().room().id()).closeReason())
        .isEqualTo(CloseReason.REPLACED);
    assertThat(store.rooms.get(second.result().room().id()).state()).isEqualTo(RoomState.CREATED);
    assertThat(store.log).hasSize(1);
  }

  @Test
  void sameAttemptGetsTheSameAnswerAndOpensOneRoom() {
    Opened first = keeping.open(ADA, new Attempt("k", "digest")).result();

    Opened again = keeping.open(ADA, new Attempt("k", "digest")).result();
    Opened ofAnother = keeping.open(BOB, new Attempt("k", "digest")).result();

    assertThat(again).isEqualTo(first);
    assertThat(ofAnother.room().id()).isNotEqualTo(first.room().id());
    assertThat(store.rooms).hasSize(2);
    assertThat(store.transactions.get(1).isEmpty()).isTrue();
  }

  @Test
  void sameAttemptWithinOneBatchGetsTheSameAnswerToo() {
    store.hold();
    keeping.open(BOB, null);
    Future<Opened> first = keeping.open(ADA, new Attempt("k", "digest"));
    Future<Opened> again = keeping.open(ADA, new Attempt("k", "digest"));
    Future<Opened> another = keeping.open(ADA, new Attempt("k", "other"));
    store.release();

    assertThat(again.result()).isEqualTo(first.result());
    assertThat(codeOf(another)).isEqualTo(ErrorCode.KEY_REUSED);
    assertThat(store.rooms).hasSize(2);
  }

  @Test
  void keyUsedForAnotherRequestIsRefused() {
    Room room = keeping.open(ADA, new Attempt("k", "digest")).result().room();

    assertThat(codeOf(keeping.open(ADA, new Attempt("k", "other"))))
        .isEqualTo(ErrorCode.KEY_REUSED);
    assertThat(store.rooms.values()).containsExactly(room);
  }

  @Test
  void barredHostIsRefusedWithReasonAndEnd() {
    store.bans.put(ADA, new Ban("spam", NOW.plusSeconds(1)));
    store.bans.put(BOB, new Ban("worse", null));

    Future<Opened> ada = keeping.open(ADA, null);
    Future<Opened> bob = keeping.open(BOB, null);

    assertThat(codeOf(ada)).isEqualTo(ErrorCode.HOST_BANNED);
    assertThat(ada.cause()).hasMessageContaining("spam").hasMessageContaining("12:00:01Z");
    assertThat(bob.cause()).hasMessageContaining("worse").hasMessageContaining("for good");
    assertThat(store.rooms).isEmpty();
  }

  @Test
  void banThatIsOverBarsNobody() {
    store.bans.put(ADA, new Ban("spam", NOW));

    assertThat(keeping.open(ADA, null).succeeded()).isTrue();
  }

  @Test
  void refusalsAndRepetitionsCostNoWrite() {
    Room room = keeping.open(ADA, null).result().room();
    keeping.change(room.id(), new RoomChange.Ends(ADA));
    store.transactions.clear();

    assertThat(codeOf(keeping.change(room.id(), new RoomChange.SaysLive(BOB))))
        .isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(codeOf(keeping.change(room.id(), new RoomChange.SaysLive(ADA))))
        .isEqualTo(ErrorCode.ROOM_CLOSED);
    assertThat(codeOf(keeping.change(RoomId.random(), new RoomChange.Ends(ADA))))
        .isEqualTo(ErrorCode.ROOM_NOT_FOUND);
    assertThat(keeping.change(room.id(), new RoomChange.Ends(ADA)).result().seq()).isZero();

    assertThat(store.transactions).hasSize(4).allMatch(writes -> writes.isEmpty());
    assertThat(store.transactions)
        .allMatch(writes -> writes.log().isEmpty() && writes.asks().isEmpty());
  }

  @Test
  void streamMeansItsOpenRoom() {
    Room room = keeping.open(ADA, null).result().room();
    RoomChange began = new RoomChange.PushBegan("s", NOW);

    assertThat(keeping.change(new ByStream(room.stream()), began).result().room().state())
        .isEqualTo(RoomState.LIVE);
    keeping.change(room.id(), new RoomChange.Ends(ADA));
    assertThat(codeOf(keeping.change(new ByStream(room.stream()), began)))
        .isEqualTo(ErrorCode.ROOM_NOT_FOUND);
  }

  @Test
  void hostWhoIsDoubtedIsLookedIntoAtOnce() {
    Room room = keeping.open(ADA, null).result().room();
    keeping.change(room.id(), new RoomChange.PushEnded("s", NOW, null));
    assertThat(store.asks).containsEntry(room.id(), NOW.plus(Duration.ofSeconds(10)));

    keeping.change(room.id(), new RoomChange.PushEnded("s", NOW.minusSeconds(1), null));
    keeping.change(room.id(), new RoomChange.SaysLive(ADA));

    assertThat(store.asks).containsEntry(room.id(), NOW);
  }
}
