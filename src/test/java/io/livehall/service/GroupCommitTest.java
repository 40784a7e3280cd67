package io.livehall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private final List<List<Integer>> batches = new ArrayList<>();
  private final List<Promise<List<Future<String>>>> underWay = new ArrayList<>();
  private final GroupCommit<Integer, String> group =
      new GroupCommit<>(new GroupCommit.Limits(3, 5), this::commit);

  @Test
  void firstGoesOutAtOnceAndTheRestTogetherInOrder() {
    List<Future<String>> answers = IntStream.range(0, 6).mapToObj(group::add).toList();

    assertThat(batches).containsExactly(List.of(0));
    assertThat(group.waiting()).isEqualTo(5);
    finish(0);
    assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3));
    assertThat(answers.get(0).result()).isEqualTo("0 done");
    assertThat(answers.get(1).isComplete()).isFalse();
    finish(1);
    finish(2);

    assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    assertThat(answers.stream().map(Future::result))
        .containsExactly("0 done", "1 done", "2 done", "3 done", "4 done", "5 done");
  }

  @Test
  void whatIsTooMuchIsRefusedAtOnceAndTakenAgainLater() {
    IntStream.range(0, 6).forEach(group::add);

    Future<String> refused = group.add(6);

    assertThat(refused.cause())
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    finish(0);
    assertThat(group.add(7).isComplete()).isFalse();
    assertThat(group.waiting()).isEqualTo(3);
  }

  @Test
  void commitThatFailsFailsItsItemsAndNoOthers() {
    List<Future<String>> answers = IntStream.range(0, 5).mapToObj(group::add).toList();
    var trouble = new LiveException(ErrorCode.UNAVAILABLE, "away");

    finish(0);
    underWay.get(1).fail(trouble);
    finish(2);

    assertThat(answers.subList(1, 4)).allMatch(answer -> answer.cause() == trouble);
    assertThat(answers.get(4).result()).isEqualTo("4 done");
  }

  @Test
  void refusedItemFailsAlone() {
    var refusal = new LiveException(ErrorCode.FORBIDDEN, "no");
    Future<String> good = group.add(1);
    Future<String> bad = group.add(2);
    Future<String> alsoGood = group.add(3);

    finish(0);
    underWay
        .get(1)
        .complete(List.of(Future.failedFuture(refusal), Future.succeededFuture("3 done")));

    assertThat(good.succeeded()).isTrue();
    assertThat(bad.cause()).isSameAs(refusal);
    assertThat(alsoGood.result()).isEqualTo("3 done");
  }

  @Test
  void whatIsAddedByAnAnswerIsNotLost() {
    List<Future<String>> more = new ArrayList<>();
    group.add(1).onSuccess(done -> more.add(group.add(2)));

    finish(0);
    finish(1);

    assertThat(more).hasSize(1).allMatch(answer -> "2 done".equals(answer.result()));
  }

  @Test
  void itemsThatAreMoreWorkFillABatchAndTheQueueSooner() {
    var sized =
        new GroupCommit<Integer, String>(
            new GroupCommit.Limits(10, 20), Runnable::run, item -> item, this::commit);
    sized.add(1);

    List<Future<String>> taken = IntStream.of(4, 4, 4, 9).mapToObj(sized::add).toList();
    assertThat(sized.waiting()).isEqualTo(21);
    Future<String> refused = sized.add(1);
    finish(0);

    assertThat(batches).containsExactly(List.of(1), List.of(4, 4, 4));
    assertThat(sized.waiting()).isEqualTo(9);
    finish(1);
    finish(2);
    assertThat(refused.failed()).isTrue();
    assertThat(taken).allMatch(Future::succeeded);
    assertThat(sized.waiting()).isZero();
  }

  @Test
  void whatArrivesUntilABatchBeginsBelongsToIt() {
    Queue<Runnable> later = new ArrayDeque<>();
    var patient =
        new GroupCommit<Integer, String>(
            new GroupCommit.Limits(3, 9), later::add, item -> 1, this::commit);

    IntStream.range(0, 5).forEach(patient::add);
    assertThat(batches).isEmpty();
    assertThat(later).hasSize(1);
    later.remove().run();

    assertThat(batches).containsExactly(List.of(0, 1, 2));
    patient.add(5);
    finish(0);
    assertThat(batches).hasSize(2).last().isEqualTo(List.of(3, 4, 5));
    finish(1);
    assertThat(later).isEmpty();
    patient.add(6);
    assertThat(later).hasSize(1);
  }

  private Future<List<Future<String>>> commit(List<Integer> batch) {
    batches.add(batch);
    Promise<List<Future<String>>> promise = Promise.promise();
    underWay.add(promise);
    return promise.future();
  }

  private void finish(int batch) {
    underWay
        .get(batch)
        .complete(
            batches.get(batch).stream().map(i -> Future.succeededFuture(i + " done")).toList());
  }
}
