package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final Journal journal = new Journal();

  @Test
  void timesWhatIsNewsInTheDelta() {
    journal.sent(Step.Kind.LISTED, "r1", "");

    assertThat(journal.ageNanos(listed("r1"), delta(4, 6))).isNotNegative();
    assertThat(journal.ageNanos(listed("r1"), delta(5, 7))).isNotNegative();
  }

  @Test
  void aRoomThatComesIntoViewAgainIsNoNews() {
    journal.sent(Step.Kind.LISTED, "r1", "");
    journal.ageNanos(listed("r1"), delta(4, 6));

    assertThat(journal.ageNanos(listed("r1"), delta(6, 8))).isNegative();
  }

  @Test
  void whatNobodySentIsNotTimed() {
    assertThat(journal.ageNanos(listed("r1"), delta(4, 6))).isNegative();
    assertThat(journal.ageNanos(listed("r1"))).isNegative();
  }

  @Test
  void eachEditIsKnownByItsTitle() {
    journal.sent(Step.Kind.EDITED, "r1", "second");

    assertThat(journal.ageNanos(new Step.Change(Step.Kind.EDITED, "r1", "first"))).isNegative();
    assertThat(journal.ageNanos(new Step.Change(Step.Kind.EDITED, "r1", "second"))).isNotNegative();
  }

  @Test
  void forgetsTheOldest() {
    for (int i = 0; i <= 20_000; i++) {
      journal.sent(Step.Kind.LISTED, "r" + i, "");
    }

    assertThat(journal.ageNanos(listed("r0"))).isNegative();
    assertThat(journal.ageNanos(listed("r1"))).isNotNegative();
  }

  @Test
  void aNoticeBeforeTheAnswerIsTimedWithTheAnswer() {
    var times = new Histogram();
    journal.sent(Step.Kind.CLOSED, "r1", "");
    journal.closedSeen("r1", times);
    long waiting = times.counts().all();

    journal.closedAt("r1", System.currentTimeMillis() - 50);
    journal.closedSeen("r1", times);

    assertThat(waiting).isZero();
    assertThat(times.counts().all()).isEqualTo(2);
    assertThat(times.counts().millis(0.5)).isBetween(40.0, 10_000.0);
  }

  private static Step.Change listed(String room) {
    return new Step.Change(Step.Kind.LISTED, room, "title");
  }

  private static Frame.Delta delta(long prev, long seq) {
    return new Frame.Delta("hall:newest:20", prev, seq, 1, List.of(), List.of(), null);
  }
}
