package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.vertx.core.Future;
import java.util.List;

/** Likes for rooms. Any event loop may give them. */
public final class Likes {
  /** So many one call may give. */
  public static final int COUNT_MAX = 20;

  /** Whatever the limit is, a user may give a like to a room each second. */
  private static final int AGAIN_AFTER_SECONDS = 1;

  private final Rooms rooms;
  private final PerLoop<Counter.Like, Integer> commit;

  /** How many of one loop go together, and how many may wait; what comes beyond is refused. */
  public record Limits(int batchMax, int queueMax) {}

  public Likes(Rooms rooms, Counter counter, Limits limits) {
    this.rooms = rooms;
    this.commit =
        new PerLoop<>(
            limits,
            LikeCounter.AT_ONCE,
            likes ->
                counter.like(new Counter.Likes(likes)).map(taken -> asFutures(taken.answers())));
  }

  /**
   * How many of them were counted, at least one. Fails RATE_LIMITED if this user has given too many
   * to this room.
   */
  public Future<Integer> like(RoomId room, UserId user, int count) {
    Counter.Like like = new Counter.Like(room, user, count);
    Future<Void> live = rooms.requireLive(room);
    return live.succeeded() ? commit.add(like) : live.compose(is -> commit.add(like));
  }

  static List<Future<Integer>> asFutures(List<Counter.Answer> answers) {
    return answers.stream().map(Likes::asFuture).toList();
  }

  private static Future<Integer> asFuture(Counter.Answer answer) {
    ErrorCode refused = answer.refused();
    return refused == null
        ? Future.succeededFuture(answer.number())
        : Future.failedFuture(
            refused == ErrorCode.RATE_LIMITED
                ? LiveException.limited(said(refused), AGAIN_AFTER_SECONDS)
                : new LiveException(refused, said(refused)));
  }

  private static String said(ErrorCode refused) {
    return switch (refused) {
      case RATE_LIMITED -> "That were too many likes for one room. Take a breath.";
      case ROOM_CLOSED -> "The room is closed.";
      case ROOM_NOT_FOUND -> "There is no room with this id.";
      default -> "This can't be counted now. Try again soon.";
    };
  }
}
