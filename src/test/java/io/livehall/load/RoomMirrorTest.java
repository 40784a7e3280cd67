package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomMirrorTest {
  /** zlib.crc32(b"r1:4\n") and zlib.crc32(b"r1:5\n") */
  private static final String HASH_OF_4 = "7fa4a1d9";

  private static final String HASH_OF_5 = "66bf9098";

  private final RoomMirror mirror = new RoomMirror("r1");

  @Test
  void showsTheRoomAndItsChanges() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));

    Step step = hear(Sent.changed(6, Sent.room("r1", 5)));

    assertThat(step.changes()).containsExactly(new Step.Change(Step.Kind.EDITED, "r1", "r1 v5"));
    assertThat(mirror.room()).isEqualTo(new Shown("r1", 5, "live", "r1 v5", 0, 0));
  }

  @Test
  void anOldChangeComesTooLate() {
    hear(Sent.roomIs(7, Sent.room("r1", 5)));

    assertThat(hear(Sent.changed(6, Sent.room("r1", 4)))).isEqualTo(Step.IGNORED);
  }

  @Test
  void theStreamBreaksOffAndComesBack() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));

    hear(Sent.notice("interrupted", "r1", 6));
    String broken = mirror.room().state();
    hear(Sent.notice("resumed", "r1", 7));

    assertThat(broken).isEqualTo("interrupted");
    assertThat(mirror.room().state()).isEqualTo("live");
  }

  @Test
  void aNoticeWithoutAVersionLeavesNothingToCompareWithAMark() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));
    hear(Sent.notice("interrupted", "r1", 6));

    assertThat(hear(Sent.mark("room:r1", 6, 1, HASH_OF_5))).isEqualTo(Step.IGNORED);
  }

  @Test
  void aNoticeWithAVersionIsComparedWithAMark() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));
    hear("{\"t\":\"interrupted\",\"room\":\"r1\",\"seq\":6,\"version\":5}");

    assertThat(hear(Sent.mark("room:r1", 6, 1, HASH_OF_5))).isEqualTo(Step.APPLIED);
    assertThat(hear(Sent.mark("room:r1", 6, 1, HASH_OF_4))).isEqualTo(Step.WRONG_HASH);
  }

  @Test
  void aMarkOfTheSameVersionIsRight() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));

    assertThat(hear(Sent.mark("room:r1", 9, 1, HASH_OF_4))).isEqualTo(Step.APPLIED);
  }

  @Test
  void aMarkOfAnotherVersionIsWrongHereAndAGapLater() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));

    assertThat(hear(Sent.mark("room:r1", 6, 1, HASH_OF_5))).isEqualTo(Step.GAP);
    assertThat(hear(Sent.mark("room:r1", 5, 1, HASH_OF_5))).isEqualTo(Step.WRONG_HASH);
  }

  @Test
  void isOverOnceItIsClosed() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));

    Step step = hear(Sent.notice("closed", "r1", 6));

    assertThat(mirror.isOver()).isTrue();
    assertThat(step.changes()).containsExactly(new Step.Change(Step.Kind.CLOSED, "r1", "r1 v4"));
    assertThat(hear(Sent.notice("closed", "r1", 6)).verdict()).isEqualTo(Verdict.APPLIED);
  }

  @Test
  void isNeverAliveAgain() {
    hear(Sent.notice("closed", "r1", 6));

    assertThat(hear(Sent.roomIs(7, Sent.room("r1", 5)))).isEqualTo(Step.REVIVED);
    assertThat(hear(Sent.changed(8, Sent.room("r1", 6)))).isEqualTo(Step.REVIVED);
    assertThat(hear(Sent.notice("resumed", "r1", 9))).isEqualTo(Step.REVIVED);
    assertThat(mirror.next().isOver()).isTrue();
  }

  @Test
  void countersApply() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));

    hear(Sent.count("r1", 7, 8));

    assertThat(mirror.room()).isEqualTo(new Shown("r1", 4, "live", "r1 v4", 7, 8));
  }

  @Test
  void whoComesAndGoesChangesNothingUntilTheRoomIsOver() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));

    assertThat(hear(Sent.moved("joined", "r1", "Mei"))).isEqualTo(Step.APPLIED);
    assertThat(hear(Sent.moved("left", "r2", "Mei"))).isEqualTo(Step.IGNORED);
    assertThat(mirror.room()).isEqualTo(new Shown("r1", 4, "live", "r1 v4", 0, 0));
    hear(Sent.notice("closed", "r1", 6));
    assertThat(hear(Sent.moved("left", "r1", "Mei"))).isEqualTo(Step.REVIVED);
  }

  @Test
  void anotherRoomIsIgnored() {
    hear(Sent.roomIs(5, Sent.room("r1", 4)));

    assertThat(hear(Sent.notice("closed", "r2", 6))).isEqualTo(Step.IGNORED);
    assertThat(hear(Sent.changed(6, Sent.room("r2", 9)))).isEqualTo(Step.IGNORED);
    assertThat(hear(Sent.count("r2", 7, 8))).isEqualTo(Step.IGNORED);
  }

  private Step hear(String text) {
    return mirror.apply(Frame.of(text));
  }
}
