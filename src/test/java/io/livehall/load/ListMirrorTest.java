package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.Position;
import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.Test;

class ListMirrorTest {
  private final ListMirror mirror = new ListMirror(Sent.CHANNEL);

  @Test
  void showsASnap() {
    Step step = hear(Sent.snap(5, Sent.room("r2", 1), Sent.room("r1", 4)));

    assertThat(step).isEqualTo(Step.APPLIED);
    assertThat(ids()).isEqualTo("r2:1 r1:4");
    assertThat(mirror.since()).isEqualTo(new Position("k3v9", 5));
  }

  @Test
  void aDeltaTakesAwayAddsAndOrders() {
    hear(Sent.snap(5, Sent.room("r2", 1), Sent.room("r1", 4)));

    Step step =
        hear(
            Sent.delta(5, 7)
                .put("up", JsonArray.of(Sent.room("r3", 1), Sent.room("r1", 5)))
                .put("rm", JsonArray.of(Sent.gone("r2", "closed")))
                .put("order", JsonArray.of("r3", "r1"))
                .encode());

    assertThat(ids()).isEqualTo("r3:1 r1:5");
    assertThat(mirror.since()).isEqualTo(new Position("k3v9", 7));
    assertThat(step.changes())
        .containsExactly(
            new Step.Change(Step.Kind.CLOSED, "r2", "r2 v1"),
            new Step.Change(Step.Kind.LISTED, "r3", "r3 v1"),
            new Step.Change(Step.Kind.EDITED, "r1", "r1 v5"));
  }

  @Test
  void whoLeavesTheViewIsNotClosed() {
    hear(Sent.snap(5, Sent.room("r2", 1), Sent.room("r1", 4)));

    Step away = hear(gone("r1", "left", 5));
    Step back =
        hear(
            Sent.delta(6, 7)
                .put("up", JsonArray.of(Sent.room("r1", 4)))
                .put("order", JsonArray.of("r2", "r1"))
                .encode());

    assertThat(away).isEqualTo(Step.APPLIED);
    assertThat(back.verdict()).isEqualTo(Verdict.APPLIED);
  }

  @Test
  void aDeltaWithoutOrderKeepsTheOrder() {
    hear(Sent.snap(5, Sent.room("r2", 1), Sent.room("r1", 4)));

    hear(Sent.delta(5, 6).put("up", JsonArray.of(Sent.room("r1", 5))).encode());

    assertThat(ids()).isEqualTo("r2:1 r1:5");
  }

  @Test
  void anEmptyDeltaMovesThePositionOnly() {
    hear(Sent.snap(5, Sent.room("r2", 1)));

    Step step = hear(Sent.delta(5, 9).encode());

    assertThat(step).isEqualTo(Step.APPLIED);
    assertThat(mirror.since()).isEqualTo(new Position("k3v9", 9));
  }

  @Test
  void takingAwayWhatIsNotThereIsHarmless() {
    hear(Sent.snap(5, Sent.room("r2", 1)));

    assertThat(hear(gone("r7", "closed", 5))).isEqualTo(Step.APPLIED);
    assertThat(ids()).isEqualTo("r2:1");
  }

  @Test
  void countersAreAbsoluteAndChangeNoPosition() {
    hear(Sent.snap(5, Sent.room("r1", 4)));

    hear(Sent.count("r1", 12, 3));
    hear(Sent.count("r1", 12, 3));

    assertThat(mirror.rooms()).containsExactly(new Shown("r1", 4, "live", "r1 v4", 12, 3));
    assertThat(hear(Sent.delta(5, 6).encode())).isEqualTo(Step.APPLIED);
  }

  @Test
  void aChannelOfOthersIsIgnored() {
    hear(Sent.snap(5, Sent.room("r1", 4)));

    Step step = hear(Sent.delta(8, 9).put("ch", "hall:newest:30").encode());

    assertThat(step).isEqualTo(Step.IGNORED);
  }

  @Test
  void theNextSocketGoesOnWhereTheLastWas() {
    hear(Sent.snap(5, Sent.room("r1", 4)));
    ListMirror next = mirror.next();

    next.apply(Frame.of(Sent.delta(5, 6).put("up", JsonArray.of(Sent.room("r1", 5))).encode()));

    assertThat(next.rooms()).extracting(Shown::version).containsExactly(5L);
    assertThat(mirror.rooms()).extracting(Shown::version).containsExactly(4L);
  }

  @Test
  void thoseWhoGetTheSameFramesShareTheWork() {
    var other = new ListMirror(Sent.CHANNEL);
    Frame snap = Frame.of(Sent.snap(5, Sent.room("r1", 4)));
    Frame delta = Frame.of(Sent.delta(5, 6).put("up", JsonArray.of(Sent.room("r1", 5))).encode());

    mirror.apply(snap);
    other.apply(snap);
    mirror.apply(delta);
    other.apply(delta);

    assertThat(mirror.list()).isSameAs(other.list());
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
