package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.CountedRooms.Answered;
import io.livehall.service.port.CounterStore;
import io.livehall.service.port.CounterStore.Asked;
import io.livehall.service.port.CounterStore.Grant;
import io.livehall.service.port.CounterStore.Liked;
import io.livehall.service.port.CounterStore.State;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up likes: all that arrive while the last were being written go out together, one sum for
 * each room, and are answered when it is stored. Belongs to one event loop.
 */
public final class LikeCounter {
  private static final Logger LOG = LoggerFactory.getLogger(LikeCounter.class);

  /** Of so many rooms it is told at once that they were liked; the others wait. */
  private static final int TOLD_AT_ONCE = 250;

  /** Whatever the limit is, a user may give a like to a room each second. */
  private static final int AGAIN_AFTER_SECONDS = 1;

  private final CountedRooms rooms;
  private final Node node;
  private final GroupCommit<Like, Integer> commit;
  private final RoomQueue touched = new RoomQueue();

  /**
   * What all who count likes on one node have in common.
   *
   * @param limits of each event loop
   * @param counter hears which rooms were liked
   */
  public record Node(
      Allowances allowances, GroupCommit.Limits limits, Counter counter, Counted counted) {}

  record Like(RoomId room, UserId user, int count) {}

  /**
   * @param soon does what it is given later on the same event loop: what arrives until then goes
   *     together
   */
  public LikeCounter(Node node, CountedRooms rooms, Executor soon) {
    this.node = node;
    this.rooms = rooms;
    this.commit = new GroupCommit<>(node.limits(), soon, like -> 1, this::write);
  }

  /** It may be that it was not reached; but what is asked from now on is not asked too early. */
  Future<Void> reached() {
    return rooms.reached();
  }

  /** How many of them were counted, at least one. */
  Future<Integer> take(Like like) {
    return commit.add(like);
  }

  int waiting() {
    return commit.waiting();
  }

  /** Which rooms were liked since. Who looks at all rooms by and by finds what nobody hears. */
  void tell() {
    if (touched.size() == 0) {
      return;
    }
    node.counter()
        .touch(new Counter.Touched(touched.poll(TOLD_AT_ONCE)))
        .onFailure(trouble -> LOG.debug("likes are not told: {}", trouble.toString()));
  }

  /** What is to be written of one room, and whom it answers. */
  private static final class Sum {
    final RoomId room;
    final List<Mine> mines = new ArrayList<>(2);
    long granted;
    Map<UserId, Asked> askedByUser = Map.of();

    Sum(RoomId room) {
      this.room = room;
    }

    CounterStore.Likes toStore() {
      return new CounterStore.Likes(room, granted, List.copyOf(askedByUser.values()));
    }

    void ask(Asked asked) {
      if (askedByUser.isEmpty()) {
        askedByUser = new LinkedHashMap<>();
      }
      askedByUser.merge(
          asked.user(),
          asked,
          (a, b) -> new Asked(a.user(), a.likes() + b.likes(), a.owed() + b.owed()));
    }
  }

  /**
   * A like, and where in the batch its answer goes.
   *
   * @param granted how many of it he may give as it is; the others are asked for
   */
  private record Mine(Like like, int granted, int at) {
    int asked() {
      return like.count() - granted;
    }
  }

  private Future<List<Future<Integer>>> write(List<Like> likes) {
    Map<RoomId, Sum> sumByRoom = new LinkedHashMap<>();
    var answers = new Answers(likes.size());
    long now = System.nanoTime();
    for (int i = 0; i < likes.size(); i++) {
      Like like = likes.get(i);
      int granted = node.allowances().take(like.room(), like.user(), like.count(), now);
      if (granted == Allowances.NONE_FOR_A_WHILE) {
        answers.refuse(i, ErrorCode.RATE_LIMITED);
      } else {
        add(new Mine(like, granted, i), sumByRoom, now);
      }
    }
    List<Sum> sums = List.copyOf(sumByRoom.values());
    List<CounterStore.Likes> toStore = new ArrayList<>(sums.size());
    sums.forEach(sum -> toStore.add(sum.toStore()));
    return rooms
        .like(toStore)
        .map(
            answered -> {
              settle(sums, answered, answers);
              return answers.all(node.counted());
            });
  }

  private void add(Mine mine, Map<RoomId, Sum> sumByRoom, long now) {
    Like like = mine.like();
    Sum sum = sumByRoom.computeIfAbsent(like.room(), Sum::new);
    sum.mines.add(mine);
    sum.granted += mine.granted();
    if (mine.asked() > 0) {
      int owed = node.allowances().takeOwed(like.room(), like.user(), now);
      sum.ask(new Asked(like.user(), mine.asked(), owed));
    }
  }

  private void settle(List<Sum> sums, Answered<Liked> answered, Answers answers) {
    for (int i = 0; i < sums.size(); i++) {
      Sum sum = sums.get(i);
      Liked liked = answered.answers().get(i);
      if (liked.state() == State.COUNTED) {
        counted(sum, liked.granted(), answers);
        touched.add(sum.room);
      } else {
        ErrorCode why = answered.refused().getOrDefault(sum.room, ErrorCode.UNAVAILABLE);
        sum.mines.forEach(mine -> answers.refuse(mine.at(), why));
      }
    }
  }

  /** Who asked several times is given what was taken of it in the order in which he asked. */
  private void counted(Sum sum, List<Grant> granted, Answers answers) {
    Map<UserId, Integer> leftByUser = sum.askedByUser.isEmpty() ? Map.of() : new HashMap<>();
    long now = System.nanoTime();
    int next = 0;
    for (UserId user : sum.askedByUser.keySet()) {
      Grant grant = granted.get(next++);
      leftByUser.put(user, grant.taken());
      node.allowances().granted(sum.room, user, grant, now);
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
      answers.take(mine.at(), all);
    }
  }

  /** One for each like of a batch. */
  private static final class Answers {
    private static final Future<Integer> NONE = Future.succeededFuture(0);

    private final List<Future<Integer>> answers;
    private final Map<ErrorCode, Long> refused = new HashMap<>();
    private long taken;

    Answers(int size) {
      answers = new ArrayList<>(Collections.nCopies(size, NONE));
    }

    void take(int at, int likes) {
      if (likes == 0) {
        refuse(at, ErrorCode.RATE_LIMITED);
      } else {
        answers.set(at, Future.succeededFuture(likes));
        taken++;
      }
    }

    void refuse(int at, ErrorCode why) {
      answers.set(at, Future.failedFuture(refusal(why)));
      refused.merge(why, 1L, Long::sum);
    }

    List<Future<Integer>> all(Counted counted) {
      counted.count("likes", "counted", taken);
      refused.forEach((why, times) -> counted.count("likes", why.name(), times));
      return answers;
    }
  }

  private static LiveException refusal(ErrorCode why) {
    return why == ErrorCode.RATE_LIMITED
        ? LiveException.limited(
            "That were too many likes for one room. Take a breath.", AGAIN_AFTER_SECONDS)
        : Refused.of(why);
  }
}
