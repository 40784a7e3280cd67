package io.livehall.service;

import static io.livehall.service.CountingStage.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.domain.Viewer;
import io.livehall.service.port.CounterStore.Step;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudienceTest {
  private static final Viewer ADA = viewer("ada");

  private final CountingStage stage = new CountingStage();
  private final RoomId room = stage.open();

  /** Two nodes may be asked, of which the second could be the faster. */
  @Test
  void nothingIsAskedWhileWhatCameBeforeIsUnderWay() {
    stage.show(room, 0);
    var slow = new Slow();
    Audience audience = stage.audience(slow);

    stage.on(
        () -> {
          audience.enter(room, ADA);
          audience.leave(room, ADA.id());
          assertThat(slow.steps()).containsExactly(new Step.Enter(ADA));
          slow.answer(0);
          assertThat(slow.steps()).containsExactly(new Step.Enter(ADA), new Step.Leave(ADA.id()));
          slow.answer(1);
          return Future.succeededFuture();
        });
  }

  /** Answers when it is told to. */
  private static final class Slow implements Counter {
    private final List<Visits> asked = new ArrayList<>();
    private final List<Promise<Moved>> answers = new ArrayList<>();

    List<Step> steps() {
      return asked.stream().flatMap(visits -> visits.visits().stream()).map(Visit::step).toList();
    }

    void answer(int n) {
      answers
          .get(n)
          .complete(new Moved(asked.get(n).visits().stream().map(visit -> Answer.of(1)).toList()));
    }

    @Override
    public Future<Boolean> touch(Touched touched) {
      return Future.failedFuture("nobody likes here");
    }

    @Override
    public Future<Moved> visit(Visits visits) {
      asked.add(visits);
      answers.add(Promise.promise());
      return answers.get(answers.size() - 1).future();
    }
  }
}
