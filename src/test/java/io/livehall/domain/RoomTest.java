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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The room as its host and its readers see it; its stream is in {@link LivenessTest} and {@link
 * LossTest}.
 */
class RoomTest {
  private static final UserId STRANGER = new UserId("eve");
  private static final RoomInfo.Patch TITLE = new RoomInfo.Patch("Looms", null, null, null);

  private final Telling opened = Telling.of(Words.opened());

  @Test
  void newRoomIsCreatedAndNotListed() {
    assertThat(opened.state()).isEqualTo(RoomState.CREATED);
    assertThat(opened.room().liveAt()).isNull();
    assertThat(opened.room().version()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("wordsOfAStranger")
  void wordOfAStrangerIsForbiddenInEveryState(RoomChange word) {
    Telling live = opened.hears(1, saysLive());
    Telling interrupted = live.hears(2, began("a", 1)).hears(3, ended("a", 3));
    Telling closed = live.hears(4, ends());

    for (Telling before : List.of(opened, live, interrupted, closed)) {
      Telling after = before.hears(5, word);

      assertThat(after.refusal()).isEqualTo(ErrorCode.FORBIDDEN);
      assertThat(after.room()).isEqualTo(before.room());
    }
  }

  static List<RoomChange> wordsOfAStranger() {
    return List.of(
        new RoomChange.SaysLive(STRANGER),
        new RoomChange.Beats(STRANGER),
        new RoomChange.Edits(STRANGER, TITLE),
        new RoomChange.Ends(STRANGER));
  }

  @Test
  void hostsEndClosesInEveryState() {
    Telling live = opened.hears(1, saysLive());
    Telling interrupted = live.hears(2, began("a", 1)).hears(3, ended("a", 3));

    for (Telling before : List.of(opened, live, interrupted)) {
      Telling after = before.hears(9, ends());

      assertThat(after.state()).isEqualTo(RoomState.CLOSED);
      assertThat(after.reason()).isEqualTo(CloseReason.HOST_ENDED);
      assertThat(after.event()).isEqualTo(RoomEvent.CLOSED);
      assertThat(after.room().closedAt()).isEqualTo(at(9));
      assertThat(after.room().version()).isEqualTo(before.room().version() + 1);
    }
  }

  @Test
  void endingTwiceIsEndingOnce() {
    Telling closed = opened.hears(1, saysLive()).hears(2, ends());

    Telling again = closed.hears(3, ends());

    assertThat(again.refusal()).isNull();
    assertThat(again.isWrite()).isFalse();
    assertThat(again.room()).isEqualTo(closed.room());
  }

  @Test
  void replacedRoomCloses() {
    Telling replaced = opened.hears(1, saysLive()).hears(2, new RoomChange.Replaced());

    assertThat(replaced.reason()).isEqualTo(CloseReason.REPLACED);
    assertThat(replaced.event()).isEqualTo(RoomEvent.CLOSED);
    assertThat(replaced.hears(3, new RoomChange.Replaced()).isWrite()).isFalse();
  }

  @Test
  void closedRoomRefusesItsHost() {
    Telling closed = opened.hears(1, ends());

    for (RoomChange word : List.of(saysLive(), beats(), new RoomChange.Edits(Words.HOST, TITLE))) {
      Telling after = closed.hears(2, word);

      assertThat(after.refusal()).isEqualTo(ErrorCode.ROOM_CLOSED);
      assertThat(after.room()).isEqualTo(closed.room());
    }
  }

  @Test
  void nothingReopensAClosedRoom() {
    Telling closed = opened.hears(1, ends());

    for (RoomChange word :
        List.of(began("b", 2), ended("b", 3), up(1, 4), down(2, 5), unknown(3, 6))) {
      Telling after = closed.hears(9, word);

      assertThat(after.refusal()).isNull();
      assertThat(after.isWrite()).isFalse();
      assertThat(after.room()).isEqualTo(closed.room());
    }
  }

  @Test
  void editChangesWhatItNamesAndIsNewsOnceTheRoomWasLive() {
    Telling before = opened.hears(1, new RoomChange.Edits(Words.HOST, TITLE));
    Telling live = before.hears(2, saysLive());
    Telling after =
        live.hears(
            3,
            new RoomChange.Edits(
                Words.HOST, new RoomInfo.Patch(null, "c.png", "Turin", List.of("art"))));

    assertThat(before.event()).isNull();
    assertThat(after.event()).isEqualTo(RoomEvent.EDITED);
    assertThat(after.room().info())
        .isEqualTo(new RoomInfo("Looms", "c.png", "Turin", List.of("art")));
    assertThat(after.room().version()).isEqualTo(live.room().version() + 1);
  }

  @Test
  void editThatChangesNothingIsNotWritten() {
    Telling edited = opened.hears(1, new RoomChange.Edits(Words.HOST, TITLE));

    assertThat(edited.hears(2, new RoomChange.Edits(Words.HOST, TITLE)).isWrite()).isFalse();
  }

  @Test
  void versionCountsWhatViewersSee() {
    Telling live = opened.hears(1, saysLive());
    long version = live.room().version();

    assertThat(version).isEqualTo(2);
    assertThat(live.hears(2, beats()).room().version()).isEqualTo(version);
    assertThat(live.hears(2, up(1, 2)).room().version()).isEqualTo(version);
    assertThat(live.hears(2, began("a", 2)).room().version()).isEqualTo(version);
    assertThat(live.hears(3, ended("a", 3)).room().version()).isEqualTo(version + 1);
  }

  @Test
  void askedAboutUntilItCloses() {
    Telling live = opened.hears(1, saysLive());

    assertThat(opened.room().askAt(Words.POLICY, at(1))).contains(at(300));
    assertThat(live.room().askAt(Words.POLICY, at(1))).contains(at(11));
    assertThat(live.hears(2, ends()).room().askAt(Words.POLICY, at(2))).isEmpty();
  }

  @Test
  void summaryTellsTheTimeOnAirOnceClosed() {
    Telling live = opened.hears(10, saysLive());

    assertThat(live.hears(70, ends()).room().summary().durationSeconds()).isEqualTo(60);
    assertThat(opened.hears(70, ends()).room().summary().durationSeconds()).isZero();
    assertThatThrownBy(() -> live.room().summary())
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROOM_NOT_CLOSED));
  }

  @Test
  void onlyTheHostOfAnOpenRoomPasses() {
    opened.room().requireHost(Words.HOST);
    opened.room().requireOpen();

    assertThatThrownBy(() -> opened.room().requireHost(STRANGER))
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThatThrownBy(() -> opened.hears(1, ends()).room().requireOpen())
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROOM_CLOSED));
  }
}
