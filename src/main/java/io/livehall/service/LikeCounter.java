package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.CountedRooms.Answered;
import io.livehall.service.CountedRooms.Question;
import io.livehall.service.port.CounterStore;
import io.livehall.service.port.CounterStore.Asked;
import io.livehall.service.port.CounterStore.Grant;
import io.livehall.service.port.CounterStore.Liked;
import io.livehall.service.port.CounterStore.State;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up likes: all that arrive while the last were being written go out together, one sum for
 * each room, and are answered when it is stored. Belongs to one event loop.
 */
final class LikeCounter {
  /** While one batch is on its way back, another is on its way. */
  static final int AT_ONCE = 2;

  private final Question<CounterStore.Likes, Liked> question;
  private final CountedRooms rooms;
  private final Consumer<RoomId> touched;
  private final Allowances allowances;
  private final GroupCommit<Counter.Likes, Counter.Taken> commit;

  /**
   * @param touched hears of each room whose likes have grown
   */
  LikeCounter(CounterStore store, CountedRooms rooms, Limits limits, Consumer<RoomId> touched) {
    this.question = new Question<>(store::like, CounterStore.Likes::room, Liked::state);
    this.rooms = rooms;
    this.touched = touched;
    this.allowances = new Allowances(limits.allowanceFor());
    this.commit =
        new GroupCommit<>(
            limits.batchMax(),
            limits.queueMax(),
            AT_ONCE,
            likes -> likes.likes().size(),
            this::write);
  }

  /** How many likes or visits are written at once, and how many may wait. */
  record Limits(int batchMax, int queueMax, Duration allowanceFor) {}

  Future<Counter.Taken> take(Counter.Likes likes) {
    return commit.add(likes);
  }

  int waiting() {
    return commit.waiting();
  }

  /** What is to be written of one room, and whom it answers. */
  private static final class Sum {
    final RoomId room;
    long granted;
    final Map<UserId, Asked> askedByUser = new LinkedHashMap<>();
    final List<Mine> mines = new ArrayList<>();

    Sum(RoomId room) {
      this.room = room;
    }

    CounterStore.Likes toStore() {
      return new CounterStore.Likes(room, granted, List.copyOf(askedByUser.values()));
    }

    void ask(Asked asked) {
      askedByUser.merge(
          asked.user(),
          asked,
          (a, b) -> new Asked(a.user(), a.likes() + b.likes(), a.owed() + b.owed()));
    }
  }

  /**
   * A like, and where its answer goes.
   *
   * @param granted how many of it he may give as it is; the others are asked for
   */
  private record Mine(Counter.Like like, int granted, Counter.@Nullable Answer[] answers, int at) {
    int asked() {
      return like.count() - granted;
    }

    void answer(Counter.Answer answer) {
      answers[at] = answer;
    }
  }

  private Future<List<Future<Counter.Taken>>> write(List<Counter.Likes> batches) {
    Map<RoomId, Sum> sumByRoom = new LinkedHashMap<>();
    List<Counter.@Nullable Answer[]> answers = new ArrayList<>(batches.size());
    long now = System.nanoTime();
    for (Counter.Likes batch : batches) {
      var mine = new Counter.@Nullable Answer[batch.likes().size()];
      answers.add(mine);
      for (int i = 0; i < mine.length; i++) {
        sort(batch.likes().get(i), mine, i, sumByRoom, now);
      }
    }
    List<Sum> sums = List.copyOf(sumByRoom.values());
    return rooms
        .ask(sums.stream().map(Sum::toStore).toList(), question)
        .map(
            answered -> {
              settle(sums, answered);
              return answers.stream()
                  .map(mine -> Future.succeededFuture(new Counter.Taken(List.of(mine))))
                  .toList();
            });
  }

  private void sort(
      Counter.Like like,
      Counter.@Nullable Answer[] answers,
      int at,
      Map<RoomId, Sum> sumByRoom,
      long now) {
    int granted = allowances.take(like.room(), like.user(), like.count(), now);
    if (granted == Allowances.NONE_FOR_A_WHILE) {
      answers[at] = Counter.Answer.refused(ErrorCode.RATE_LIMITED);
      return;
    }
    Sum sum = sumByRoom.computeIfAbsent(like.room(), Sum::new);
    Mine mine = new Mine(like, granted, answers, at);
    sum.mines.add(mine);
    sum.granted += granted;
    if (mine.asked() > 0) {
      int owed = allowances.takeOwed(like.room(), like.user(), now);
      sum.ask(new Asked(like.user(), mine.asked(), owed));
    }
  }

  private void settle(List<Sum> sums, Answered<Liked> answered) {
    for (int i = 0; i < sums.size(); i++) {
      Sum sum = sums.get(i);
      Liked liked = answered.answers().get(i);
      if (liked.state() == State.COUNTED) {
        counted(sum, liked.granted());
        touched.accept(sum.room);
      } else {
        ErrorCode why = answered.refused().getOrDefault(sum.room, ErrorCode.UNAVAILABLE);
        sum.mines.forEach(mine -> mine.answer(Counter.Answer.refused(why)));
      }
    }
  }

  /** Who asked several times is given what was taken of it in the order in which he asked. */
  private void counted(Sum sum, List<Grant> granted) {
    Map<UserId, Integer> leftByUser = new HashMap<>();
    long now = System.nanoTime();
    int next = 0;
    for (UserId user : sum.askedByUser.keySet()) {
      Grant grant = granted.get(next++);
      leftByUser.put(user, grant.taken());
      allowances.granted(sum.room, user, grant, now);
    }
    for (Mine mine : sum.mines) {
      int all = mine.granted();
      if (mine.asked() > 0) {
        UserId user = mine.like().user();
        int left = leftByUser.getOrDefault(user, 0);
        int taken = Math.min(left, mine.asked());
        leftByUser.put(user, left - taken);
        all += taken;
      }
      mine.answer(
          all > 0 ? Counter.Answer.of(all) : Counter.Answer.refused(ErrorCode.RATE_LIMITED));
    }
  }
}
