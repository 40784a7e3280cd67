package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.RoomId;
import io.livehall.service.CountedRooms.Answered;
import io.livehall.service.port.CounterStore.Done;
import io.livehall.service.port.CounterStore.State;
import io.livehall.service.port.CounterStore.Step;
import io.livehall.service.port.CounterStore.Visited;
import io.livehall.service.port.CounterStore.Visits;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes down who comes, stays and leaves: what arrives while the last was being written goes out
 * together, the steps of one room in their order. Belongs to one event loop.
 */
final class VisitCounter {
  private final CountedRooms rooms;
  private final Moves moves;
  private final GroupCommit<Counter.Visits, Counter.Moved> commit;

  /** Hears of everyone who came or left. */
  interface Moves {
    void moved(RoomId room, Step step, Done done);
  }

  VisitCounter(CountedRooms rooms, GroupCommit.Limits limits, Moves moves) {
    this.rooms = rooms;
    this.moves = moves;
    this.commit =
        new GroupCommit<>(limits, Runnable::run, visits -> visits.visits().size(), this::write);
  }

  Future<Counter.Moved> take(Counter.Visits visits) {
    return commit.add(visits);
  }

  int waiting() {
    return commit.waiting();
  }

  /** A step, and where its answer goes. */
  private record Mine(Step step, Counter.@Nullable Answer[] answers, int at) {}

  private Future<List<Future<Counter.Moved>>> write(List<Counter.Visits> batches) {
    Map<RoomId, List<Mine>> minesByRoom = new LinkedHashMap<>();
    List<Counter.@Nullable Answer[]> answers = new ArrayList<>(batches.size());
    for (Counter.Visits batch : batches) {
      var mine = new Counter.@Nullable Answer[batch.visits().size()];
      answers.add(mine);
      for (int i = 0; i < mine.length; i++) {
        Counter.Visit visit = batch.visits().get(i);
        minesByRoom
            .computeIfAbsent(visit.room(), room -> new ArrayList<>())
            .add(new Mine(visit.step(), mine, i));
      }
    }
    List<Visits> visits = new ArrayList<>(minesByRoom.size());
    minesByRoom.forEach(
        (room, mines) -> visits.add(new Visits(room, mines.stream().map(Mine::step).toList())));
    return rooms
        .visit(visits)
        .map(
            answered -> {
              settle(visits, minesByRoom, answered);
              return answers.stream()
                  .map(mine -> Future.succeededFuture(new Counter.Moved(List.of(mine))))
                  .toList();
            });
  }

  private void settle(
      List<Visits> visits, Map<RoomId, List<Mine>> minesByRoom, Answered<Visited> answered) {
    for (int i = 0; i < visits.size(); i++) {
      RoomId room = visits.get(i).room();
      List<Mine> mines = minesByRoom.getOrDefault(room, List.of());
      Visited visited = answered.answers().get(i);
      for (int k = 0; k < mines.size(); k++) {
        Mine mine = mines.get(k);
        if (visited.state() == State.COUNTED) {
          Done done = visited.done().get(k);
          mine.answers()[mine.at()] = Counter.Answer.of(done.isHere() ? 1 : 0);
          moves.moved(room, mine.step(), done);
        } else {
          ErrorCode why = answered.refused().getOrDefault(room, ErrorCode.UNAVAILABLE);
          mine.answers()[mine.at()] = Counter.Answer.refused(why);
        }
      }
    }
  }
}
