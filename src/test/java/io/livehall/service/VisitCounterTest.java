package io.livehall.service;

import static io.livehall.service.CountingStage.enter;
import static io.livehall.service.CountingStage.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.Counter.Answer;
import io.livehall.service.port.CounterStore.Step;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who comes, stays and leaves, as it is answered and as it is told. */
class VisitCounterTest {
  private final CountingStage stage = new CountingStage();
  private final RoomId room = stage.open();

  @Test
  void comingsAndGoingsAreAnsweredInTheirOrderAndTold() {
    UserId ada = new UserId("ada");

    List<Step> steps =
        List.of(
            enter("ada"),
            new Step.Leave(ada),
            new Step.Leave(ada),
            enter("ada"),
            new Step.Renew(ada));
    List<Answer> answers =
        stage
            .on(
                () ->
                    stage.counting.visit(
                        new Counter.Visits(
                            steps.stream().map(step -> new Counter.Visit(room, step)).toList())))
            .answers();

    assertThat(answers).extracting(Answer::number).containsExactly(1, 0, 0, 1, 1);
    Presence.Moves moves = stage.counting.presence().rooms().get(0);
    assertThat(moves.joined()).containsExactly(viewer("ada"), viewer("ada"));
    assertThat(moves.left()).containsExactly(viewer("ada"));
    assertThat(stage.counting.presence().rooms()).isEmpty();
  }

  @Test
  void onlyTheFirstFewAreNamedAndAllAreCounted() {
    for (int i = 0; i < 20; i++) {
      stage.visit(room, enter("u" + i));
    }

    assertThat(stage.counting.presence().rooms().get(0).joined()).hasSize(5);
    assertThat(stage.counted(room).viewers()).isEqualTo(20);
  }

  @Test
  void stepsThatArriveTogetherHappenInTheirOrderWhicheverBatchTheyCameWith() {
    RoomId other = stage.open();
    UserId ada = new UserId("ada");
    List<Future<Counter.Moved>> answers = new ArrayList<>();

    stage.on(
        () -> {
          answers.add(visit(new Counter.Visit(other, enter("bob"))));
          answers.add(
              visit(new Counter.Visit(room, enter("ada")), new Counter.Visit(other, enter("ada"))));
          answers.add(visit(new Counter.Visit(room, new Step.Leave(ada))));
          answers.add(visit(new Counter.Visit(room, new Step.Renew(ada))));
          return Future.all(answers);
        });

    assertThat(answers)
        .extracting(answer -> answer.result().answers())
        .containsExactly(
            List.of(Answer.of(1)),
            List.of(Answer.of(1), Answer.of(1)),
            List.of(Answer.of(0)),
            List.of(Answer.of(0)));
    assertThat(stage.counted(room).viewers()).isZero();
    assertThat(stage.counted(other).viewers()).isEqualTo(2);
  }

  private Future<Counter.Moved> visit(Counter.Visit... visits) {
    return stage.counting.visit(new Counter.Visits(List.of(visits)));
  }
}
