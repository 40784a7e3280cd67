package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.service.port.CounterStore;
import io.livehall.service.port.CounterStore.Members;
import io.livehall.service.port.CounterStore.Step;
import io.vertx.core.Future;
import java.util.List;

/**
 * Who is in which room. To be in a room is a lease: whoever says nothing for its time is out. Any
 * event loop may ask.
 */
public final class Audience {
  private final Rooms rooms;
  private final CounterStore store;
  private final Counter counter;
  private final ThreadLocal<GroupCommit<Counter.Visit, Integer>> commits;

  /**
   * @param limits of each event loop; one batch of it waits for the other, since two nodes may be
   *     asked, and who enters and leaves has left
   */
  public Audience(Rooms rooms, Counter counter, CounterStore store, GroupCommit.Limits limits) {
    this.rooms = rooms;
    this.store = store;
    this.counter = counter;
    this.commits = ThreadLocal.withInitial(() -> new GroupCommit<>(limits, this::commit));
  }

  /** To enter twice is to be in the room once. */
  public Future<Void> enter(RoomId room, Viewer viewer) {
    return rooms
        .requireWatchable(room)
        .compose(is -> commit(new Counter.Visit(room, new Step.Enter(viewer))))
        .mapEmpty();
  }

  /** He is still here; who has been away too long enters again. */
  public Future<Void> stay(RoomId room, Viewer viewer) {
    return commit(new Counter.Visit(room, new Step.Renew(viewer.id())))
        .compose(isHere -> isHere == 1 ? Future.succeededFuture() : enter(room, viewer));
  }

  /**
   * To leave a room in which one is not changes nothing; so in one that is closed or was never on
   * air, where nobody is.
   */
  public Future<Void> leave(RoomId room, UserId user) {
    return rooms
        .requireWatchable(room)
        .compose(is -> depart(room, user))
        .recover(
            refused -> isEmpty(refused) ? Future.succeededFuture() : Future.failedFuture(refused));
  }

  /** The same for who was let in: that there is such a room need not be looked up. */
  Future<Void> depart(RoomId room, UserId user) {
    return commit(new Counter.Visit(room, new Step.Leave(user))).mapEmpty();
  }

  private static boolean isEmpty(Throwable refused) {
    return refused instanceof LiveException known
        && (known.code() == ErrorCode.ROOM_CLOSED || known.code() == ErrorCode.ROOM_NOT_LIVE);
  }

  /** Who is in the room, the newest first. */
  public Future<Members> members(RoomId room, long before, int limit) {
    return rooms.requireWatchable(room).compose(is -> store.members(room, before, limit));
  }

  private Future<Integer> commit(Counter.Visit visit) {
    return commits.get().add(visit);
  }

  private Future<List<Future<Integer>>> commit(List<Counter.Visit> visits) {
    return counter
        .visit(new Counter.Visits(visits))
        .map(moved -> moved.answers().stream().map(Audience::asFuture).toList());
  }

  private static Future<Integer> asFuture(Counter.Answer answer) {
    return answer.refused() == null
        ? Future.succeededFuture(answer.number())
        : Future.failedFuture(Refused.of(answer.refused()));
  }
}
