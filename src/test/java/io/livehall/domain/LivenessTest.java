package io.livehall.domain;

import static io.livehall.domain.Words.at;
import static io.livehall.domain.Words.beats;
import static io.livehall.domain.Words.began;
import static io.livehall.domain.Words.down;
import static io.livehall.domain.Words.ended;
import static io.livehall.domain.Words.ends;
import static io.livehall.domain.Words.saysLive;
import static io.livehall.domain.Words.unknown;
import static io.livehall.domain.Words.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each rule by which a room is live or interrupted; how it is lost is in {@link LossTest}. */
class LivenessTest {
  private final Telling opened = Telling.of(Words.opened());
  private final Telling live = opened.hears(10, began("a", 10));

  @Test
  void hostsWordMakesItLive() {
    Telling said = opened.hears(3, saysLive());

    assertThat(said.state()).isEqualTo(RoomState.LIVE);
    assertThat(said.event()).isEqualTo(RoomEvent.WENT_LIVE);
    assertThat(said.room().liveAt()).isEqualTo(at(3));
  }

  @Test
  void callbackMakesItLive() {
    assertThat(live.state()).isEqualTo(RoomState.LIVE);
    assertThat(live.event()).isEqualTo(RoomEvent.WENT_LIVE);
  }

  @Test
  void pollThatFindsItUpMakesItLiveThoughTheCallbackWasLost() {
    assertThat(opened.hears(20, up(1, 20)).event()).isEqualTo(RoomEvent.WENT_LIVE);
  }

  @Test
  void secondWordThatItIsLiveIsNoNews() {
    Telling twice = opened.hears(3, saysLive()).hears(4, began("a", 2));

    assertThat(twice.event()).isNull();
    assertThat(twice.hears(5, began("a", 2)).isWrite()).isFalse();
  }

  @Test
  void roomThatNobodySawUpNeverStarted() {
    Telling late = opened.hears(300, down(1, 300));

    assertThat(late.reason()).isEqualTo(CloseReason.NEVER_STARTED);
    assertThat(late.room().summary().durationSeconds()).isZero();
  }

  @Test
  void roomIsGivenItsTimeToStart() {
    Telling early = opened.hears(299, down(1, 299));

    assertThat(early.state()).isEqualTo(RoomState.CREATED);
  }

  @Test
  void unansweredPollDoesNotProveThatItNeverStarted() {
    Telling asked = opened.hears(300, unknown(1, 300)).hears(301, beats());

    assertThat(asked.state()).isEqualTo(RoomState.CREATED);
    assertThat(asked.hears(310, down(2, 310)).reason()).isEqualTo(CloseReason.NEVER_STARTED);
  }

  @Test
  void endOfTheCurrentPushInterrupts() {
    Telling broken = live.hears(20, ended("a", 20));

    assertThat(broken.state()).isEqualTo(RoomState.INTERRUPTED);
    assertThat(broken.event()).isEqualTo(RoomEvent.INTERRUPTED);
  }

  @Test
  void endOfAnOlderPushChangesNothing() {
    Telling replaced = live.hears(20, began("b", 20)).hears(21, ended("a", 21));

    assertThat(replaced.state()).isEqualTo(RoomState.LIVE);
    assertThat(replaced.event()).isNull();
  }

  @Test
  void replacedPushesInAnyOrderEndWithTheNewest() {
    Telling disordered =
        opened
            .hears(30, ended("a", 20, 10))
            .hears(31, began("c", 30))
            .hears(32, ended("b", 30, 20))
            .hears(33, began("a", 10))
            .hears(34, began("b", 20));

    assertThat(disordered.state()).isEqualTo(RoomState.LIVE);
    assertThat(disordered.hears(40, ended("c", 40)).state()).isEqualTo(RoomState.INTERRUPTED);
  }

  @Test
  void startThatArrivesAfterItsOwnEndDoesNotRevive() {
    Telling disordered = opened.hears(20, ended("a", 20)).hears(21, began("a", 10));

    assertThat(disordered.state()).isEqualTo(RoomState.INTERRUPTED);
    assertThat(disordered.room().liveAt()).isNull();
  }

  @Test
  void startOfTheNinthPushDoesNotReviveItAfterItsEndEither() {
    Telling flapping = live;
    for (int i = 1; i <= 8; i++) {
      flapping =
          flapping
              .hears(i * 20, began("p" + i, i * 20))
              .hears(i * 20 + 9, ended("p" + i, i * 20 + 9));
    }

    Telling ninth = flapping.hears(190, ended("q", 190)).hears(191, began("q", 180));

    assertThat(ninth.state()).isEqualTo(RoomState.INTERRUPTED);
  }

  @Test
  void newPushResumes() {
    Telling again = live.hears(20, ended("a", 20)).hears(30, began("b", 30));

    assertThat(again.state()).isEqualTo(RoomState.LIVE);
    assertThat(again.event()).isEqualTo(RoomEvent.RESUMED);
    assertThat(again.room().liveAt()).isEqualTo(at(10));
  }

  @Test
  void pollThatFindsItUpResumesAtOnceThoughTheCallbackWasLost() {
    Telling seen = live.hears(15, up(1, 15)).hears(20, ended("a", 20));

    Telling again = seen.hears(25, up(2, 25));

    assertThat(again.event()).isEqualTo(RoomEvent.RESUMED);
  }

  @Test
  void pollWithinTheBlurOfAnEndDoesNotResume() {
    Telling broken = live.hears(20, ended("a", 20));

    assertThat(broken.hears(21, up(1, 21)).state()).isEqualTo(RoomState.INTERRUPTED);
    assertThat(broken.hears(22, up(1, 22)).state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void lateEndDoesNotInterruptAStreamSeenUpSince() {
    Telling seen = live.hears(15, up(1, 15)).hears(25, up(2, 25));

    assertThat(seen.hears(26, ended("a", 20)).state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void hostsWordDoesNotReviveAnInterruptedRoomButIsLookedInto() {
    Telling broken = live.hears(20, ended("a", 20));
    Telling said = broken.hears(25, saysLive());

    assertThat(said.state()).isEqualTo(RoomState.INTERRUPTED);
    assertThat(broken.room().isDoubted()).isFalse();
    assertThat(said.room().isDoubted()).isTrue();
    assertThat(live.hears(25, saysLive()).room().isDoubted()).isFalse();
  }

  @Test
  void pushOfAnEarlierRoomIsNotThisRoomsWhereStreamsAreReused() {
    var reusing =
        new LivenessPolicy(
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ZERO,
            true);

    assertThat(opened.hears(at(1), began("old", -2), reusing).isWrite()).isFalse();
    assertThat(opened.hears(at(1), ended("old", -2), reusing).isWrite()).isFalse();
    assertThat(opened.hears(at(3), ended("old", 2, -60), reusing).isWrite()).isFalse();
    assertThat(opened.hears(at(1), began("new", 0), reusing).state()).isEqualTo(RoomState.LIVE);
    assertThat(opened.hears(1, began("a", -2)).state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void lateCallbackDoesNotReopenAClosedRoom() {
    Telling closed = live.hears(20, ends());

    assertThat(closed.hears(30, began("b", 29)).room()).isEqualTo(closed.room());
  }
}
