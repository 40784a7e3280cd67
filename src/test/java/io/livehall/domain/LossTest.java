package io.livehall.domain;

import static io.livehall.domain.Words.at;
import static io.livehall.domain.Words.beats;
import static io.livehall.domain.Words.began;
import static io.livehall.domain.Words.down;
import static io.livehall.domain.Words.ended;
import static io.livehall.domain.Words.saysLive;
import static io.livehall.domain.Words.unknown;
import static io.livehall.domain.Words.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each rule by which a room closes because its stream or its host is gone. */
class LossTest {
  private final Telling opened = Telling.of(Words.opened());
  private final Telling live = opened.hears(10, began("a", 10));

  @Test
  void threeInactivePollsInARowClose() {
    Telling two = live.hears(20, down(1, 20)).hears(30, down(2, 30));

    assertThat(two.state()).isEqualTo(RoomState.LIVE);
    assertThat(two.hears(40, down(3, 40)).reason()).isEqualTo(CloseReason.STREAM_LOST);
  }

  @Test
  void samePollToldThreeTimesIsOneProof() {
    Telling thrice = live.hears(20, down(1, 20)).hears(21, down(1, 20)).hears(22, down(1, 20));

    assertThat(thrice.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void activePollBreaksTheRow() {
    Telling broken =
        live.hears(20, down(1, 20))
            .hears(30, down(2, 30))
            .hears(40, up(3, 40))
            .hears(50, down(4, 50));

    assertThat(broken.hears(60, down(5, 60)).state()).isEqualTo(RoomState.LIVE);
    assertThat(broken.hears(60, down(5, 60)).hears(70, down(6, 70)).reason())
        .isEqualTo(CloseReason.STREAM_LOST);
  }

  @Test
  void pollThatWeNeverHeardOfBreaksTheRow() {
    Telling gap = live.hears(20, down(1, 20)).hears(30, down(2, 30)).hears(50, down(4, 50));

    assertThat(gap.state()).isEqualTo(RoomState.LIVE);
    assertThat(gap.hears(51, down(3, 40)).reason()).isEqualTo(CloseReason.STREAM_LOST);
  }

  @Test
  void unknownIsNotInactive() {
    Telling asked = live;
    for (int i = 1; i <= 20; i++) {
      asked = asked.hears(10 + i * 10, unknown(i, 10 + i * 10));
    }

    assertThat(asked.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void unknownBetweenDoesNotBreakTheRow() {
    Telling two = live.hears(20, down(1, 20)).hears(30, unknown(2, 30)).hears(40, down(3, 40));

    assertThat(two.state()).isEqualTo(RoomState.LIVE);
    assertThat(two.hears(50, down(4, 50)).reason()).isEqualTo(CloseReason.STREAM_LOST);
  }

  @Test
  void inactivePollsOfBeforeThePushBeganDoNotCount() {
    Telling late =
        opened
            .hears(3, down(1, 3))
            .hears(6, down(2, 6))
            .hears(11, began("a", 10))
            .hears(16, down(3, 16));

    assertThat(late.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void lossWaitsForItsGraceToo() {
    var patient =
        new LivenessPolicy(
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(45),
            false);
    Telling gone = live.hears(20, ended("a", 20));
    for (int i = 1; i <= 4; i++) {
      gone = gone.hears(at(20 + i * 10), down(i, 20 + i * 10), patient);
      assertThat(gone.state()).isEqualTo(RoomState.INTERRUPTED);
    }

    assertThat(gone.hears(at(70), down(5, 70), patient).reason())
        .isEqualTo(CloseReason.STREAM_LOST);
  }

  @Test
  void hostWhoSaysLiveAgainIsHeardOutButNotForEver() {
    Telling dead = opened.hears(1, saysLive());
    for (int i = 1; i <= 5; i++) {
      dead = dead.hears(i * 10, down(i, i * 10)).hears(i * 10 + 1, saysLive());
      assertThat(dead.state()).isEqualTo(RoomState.LIVE);
    }

    assertThat(dead.hears(60, down(6, 60)).reason()).isEqualTo(CloseReason.STREAM_LOST);
  }

  @Test
  void provenLossIsSeenThoughTheStartIsToldLast() {
    Telling disordered =
        opened
            .hears(60, down(2, 30))
            .hears(61, down(1, 20))
            .hears(62, down(3, 40))
            .hears(63, began("a", 10));

    assertThat(disordered.reason()).isEqualTo(CloseReason.STREAM_LOST);
  }

  @Test
  void twoMissedHeartbeatsDoNotClose() {
    Telling silent = live.hears(60, beats()).hears(61, ended("a", 61));

    assertThat(silent.hears(239, unknown(1, 239)).state()).isEqualTo(RoomState.INTERRUPTED);
  }

  @Test
  void threeMissedHeartbeatsCloseWhereNobodySaysUp() {
    Telling silent = live.hears(60, beats()).hears(61, ended("a", 61));

    assertThat(silent.hears(242, unknown(1, 242)).reason()).isEqualTo(CloseReason.HOST_LOST);
  }

  @Test
  void threeMissedHeartbeatsCloseWhatOnlyTheHostCalledLive() {
    Telling silent = opened.hears(5, saysLive()).hears(60, beats());

    assertThat(silent.hears(240, unknown(1, 240)).state()).isEqualTo(RoomState.LIVE);
    assertThat(silent.hears(241, unknown(1, 241)).reason()).isEqualTo(CloseReason.HOST_LOST);
  }

  @Test
  void missedHeartbeatsDoNotCloseAStreamThatTheCloudSaysIsUp() {
    Telling byCallback = live.hears(60, beats());
    Telling byPoll = opened.hears(60, beats()).hears(70, up(1, 70));

    assertThat(byCallback.hears(900, unknown(1, 900)).state()).isEqualTo(RoomState.LIVE);
    assertThat(byPoll.hears(900, unknown(2, 900)).state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void silentHostsRoomDoesNotCloseOnOneDoubt() {
    Telling silent = live.hears(60, beats()).hears(590, up(1, 590));

    assertThat(silent.hears(600, down(2, 600)).state()).isEqualTo(RoomState.LIVE);
    assertThat(silent.hears(600, ended("a", 600)).state()).isEqualTo(RoomState.INTERRUPTED);
  }

  @Test
  void hostWhoNeverBeatIsNotJudgedByIt() {
    Telling broken = live.hears(20, ended("a", 20));

    assertThat(broken.hears(9_000, unknown(1, 9_000)).state()).isEqualTo(RoomState.INTERRUPTED);
  }
}
