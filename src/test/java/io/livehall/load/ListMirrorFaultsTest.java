package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.Test;

/** How a client finds that it shows what it should not. */
class ListMirrorFaultsTest {
  private final ListMirror mirror = new ListMirror(Sent.CHANNEL);

  @Test
  void aGapAsksForTheWholeOnce() {
    hear(Sent.snap(5, Sent.room("r2", 1)));

    Step gap = hear(Sent.delta(6, 7).encode());
    Step next = hear(Sent.delta(7, 8).encode());
    Step whole = hear(Sent.snap(8, Sent.room("r9", 1)));

    assertThat(gap.verdict()).isEqualTo(Verdict.GAP);
    assertThat(gap.asksResync()).isTrue();
    assertThat(next).isEqualTo(Step.IGNORED);
    assertThat(whole).isEqualTo(Step.APPLIED);
    assertThat(ids()).isEqualTo("r9:1");
  }

  @Test
  void aDeltaBeforeAnySnapIsAGap() {
    assertThat(hear(Sent.delta(0, 1).encode()).verdict()).isEqualTo(Verdict.GAP);
  }

  @Test
  void aMarkOfTheSameListIsRight() {
    // zlib.crc32(b"r2:1\nr1:4\n")
    hear(Sent.snap(5, Sent.room("r2", 1), Sent.room("r1", 4)));

    assertThat(hear(Sent.mark(5, 2, "13f54176"))).isEqualTo(Step.APPLIED);
  }

  @Test
  void aMarkOfAnotherListAtTheSamePositionIsWrongAndNotTrusted() {
    hear(Sent.snap(5, Sent.room("r2", 1), Sent.room("r1", 4)));

    Step step = hear(Sent.mark(5, 2, "00000000"));

    assertThat(step.verdict()).isEqualTo(Verdict.WRONG_HASH);
    assertThat(step.asksResync()).isTrue();
    assertThat(mirror.since()).isNull();
    assertThat(mirror.next().list()).isNull();
  }

  @Test
  void aMarkWithAnotherCountIsWrong() {
    hear(Sent.snap(5));

    assertThat(hear(Sent.mark(5, 1, "00000000")).verdict()).isEqualTo(Verdict.WRONG_HASH);
  }

  @Test
  void aMarkOfAnotherPositionIsAGap() {
    hear(Sent.snap(5));

    assertThat(hear(Sent.mark(6, 0, "00000000")).verdict()).isEqualTo(Verdict.GAP);
  }

  @Test
  void aRoomThatWasClosedInTheListIsNeverAliveAgain() {
    hear(Sent.snap(5, Sent.room("r1", 1)));
    hear(gone("r1", "closed", 5));

    Step byDelta =
        hear(
            Sent.delta(6, 7)
                .put("up", JsonArray.of(Sent.room("r1", 2)))
                .put("order", JsonArray.of("r1"))
                .encode());

    assertThat(byDelta.verdict()).isEqualTo(Verdict.REVIVED);
    assertThat(byDelta.asksResync()).isFalse();
  }

  @Test
  void aSnapThatShowsAClosedRoomIsWrong() {
    hear(Sent.snap(5, Sent.room("r1", 1)));
    hear(gone("r1", "closed", 5));

    assertThat(hear(Sent.snap(6, Sent.room("r1", 1))).verdict()).isEqualTo(Verdict.REVIVED);
  }

  @Test
  void aNoticeMayOutrunTheList() {
    hear(Sent.snap(5, Sent.room("r1", 1)));
    hear(Sent.notice("closed", "r1", 9));

    Step earlier = hear(Sent.delta(5, 8).put("up", JsonArray.of(Sent.room("r1", 2))).encode());
    Step later = hear(Sent.delta(8, 9).put("up", JsonArray.of(Sent.room("r1", 3))).encode());

    assertThat(earlier.verdict()).isEqualTo(Verdict.APPLIED);
    assertThat(later.verdict()).isEqualTo(Verdict.REVIVED);
  }

  @Test
  void anotherLogMayShowWhatWasClosedInThisOne() {
    hear(Sent.snap(5, Sent.room("r1", 1)));
    hear(gone("r1", "closed", 5));

    assertThat(hear(Sent.snap("other", 3, Sent.room("r1", 1)))).isEqualTo(Step.APPLIED);
  }

  @Test
  void anOrderThatNamesAStrangerIsBroken() {
    hear(Sent.snap(5, Sent.room("r1", 1)));

    Step step = hear(Sent.delta(5, 6).put("order", JsonArray.of("r1", "r2")).encode());

    assertThat(step).isEqualTo(Step.BROKEN);
    assertThat(ids()).isEqualTo("r1:1");
  }

  @Test
  void aNewRoomWithoutAPlaceIsBroken() {
    hear(Sent.snap(5, Sent.room("r1", 1)));

    Step step = hear(Sent.delta(5, 6).put("up", JsonArray.of(Sent.room("r2", 1))).encode());

    assertThat(step).isEqualTo(Step.BROKEN);
  }

  @Test
  void aRoomThatBecomesOlderIsBroken() {
    hear(Sent.snap(5, Sent.room("r1", 4)));

    Step step = hear(Sent.delta(5, 6).put("up", JsonArray.of(Sent.room("r1", 3))).encode());

    assertThat(step).isEqualTo(Step.BROKEN);
  }

  @Test
  void moreThanTheLimitIsBrokenAndNotAskedForAgain() {
    Step step =
        hear(
            Sent.snap(
                5, Sent.room("r1", 1), Sent.room("r2", 1), Sent.room("r3", 1), Sent.room("r4", 1)));

    assertThat(step.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(step.asksResync()).isFalse();
  }

  private Step hear(String text) {
    return mirror.apply(Frame.of(text));
  }

  private static String gone(String id, String why, long prev) {
    return Sent.delta(prev, prev + 1).put("rm", JsonArray.of(Sent.gone(id, why))).encode();
  }

  private String ids() {
    return String.join(
        " ", mirror.rooms().stream().map(room -> room.id() + ":" + room.version()).toList());
  }
}
