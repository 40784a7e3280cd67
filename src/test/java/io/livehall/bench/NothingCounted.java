package io.livehall.bench;

import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.service.port.CounterStore;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For a node on which nothing is counted: what is measured tells its own counters. */
final class NothingCounted implements CounterStore {
  @Override
  public Future<Void> reached() {
    return Future.succeededFuture();
  }

  @Override
  public Future<List<Liked>> like(List<Likes> rooms) {
    return Future.succeededFuture(
        rooms.stream().map(room -> new Liked(State.AWAY, List.of())).toList());
  }

  @Override
  public Future<List<Visited>> visit(List<Visits> rooms) {
    return Future.succeededFuture(
        rooms.stream().map(room -> new Visited(State.AWAY, Tally.ZERO, List.of())).toList());
  }

  @Override
  public Future<List<Look>> look(List<RoomId> rooms, int goneMax) {
    return Future.succeededFuture(
        rooms.stream().map(room -> new Look(State.AWAY, Tally.ZERO, 0, List.of())).toList());
  }

  @Override
  public Future<Map<RoomId, Tally>> seal(Collection<RoomId> rooms) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public Future<Void> raise(Map<RoomId, Tally> rooms) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Members> members(RoomId room, long before, int limit) {
    return Future.succeededFuture(new Members(List.of(), 0, Optional.empty()));
  }
}
