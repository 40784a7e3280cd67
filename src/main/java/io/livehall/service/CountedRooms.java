package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.domain.Tally;
import io.livehall.hall.ListedRoom;
import io.livehall.service.port.CounterStore;
import io.livehall.service.port.CounterStore.Liked;
import io.livehall.service.port.CounterStore.Likes;
import io.livehall.service.port.CounterStore.State;
import io.livehall.service.port.CounterStore.Visited;
import io.livehall.service.port.CounterStore.Visits;
import io.livehall.service.port.TallyStore;
import io.livehall.service.port.TallyStore.Kept;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which rooms are counted. One that the counters do not know is looked up where it is kept for
 * good: if it is open it begins with what was counted before; and it is asked for again, once.
 */
public final class CountedRooms {
  private static final Logger LOG = LoggerFactory.getLogger(CountedRooms.class);

  /** Everyone else waits meanwhile. */
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(1);

  private final CounterStore counters;
  private final TallyStore tallies;
  private final Listing listing;
  private final Question<Likes, Liked> likes;
  private final Question<Visits, Visited> visits;

  public CountedRooms(CounterStore counters, TallyStore tallies, Listing listing) {
    this.counters = counters;
    this.tallies = tallies;
    this.listing = listing;
    this.likes = new Question<>(counters::like, Likes::room, Liked::state);
    this.visits = new Question<>(counters::visit, Visits::room, Visited::state);
  }

  Future<Void> reached() {
    return counters.reached();
  }

  Future<Answered<Liked>> like(List<Likes> rooms) {
    return ask(rooms, likes);
  }

  Future<Answered<Visited>> visit(List<Visits> rooms) {
    return ask(rooms, visits);
  }

  /** What a kind of question is made of. */
  private record Question<Q, A>(
      Function<List<Q>, Future<List<A>>> ask, Function<Q, RoomId> room, Function<A, State> state) {}

  /** One answer for each, in order; those whose state is not COUNTED were refused for good. */
  private <Q, A> Future<Answered<A>> ask(List<Q> rooms, Question<Q, A> question) {
    return question
        .ask()
        .apply(rooms)
        .compose(
            answers -> {
              List<Integer> again = new ArrayList<>();
              for (int i = 0; i < rooms.size(); i++) {
                State state = question.state().apply(answers.get(i));
                if (state == State.UNKNOWN || state == State.SEALED) {
                  again.add(i);
                }
              }
              var answered = new Answered<>(answers, Map.<RoomId, ErrorCode>of());
              return again.isEmpty()
                  ? Future.succeededFuture(answered)
                  : askAgain(rooms, question, answers, again)
                      .otherwise(trouble -> withoutThese(answered, trouble));
            });
  }

  /** The others were counted, and are told so whatever became of these. */
  private static <A> Answered<A> withoutThese(Answered<A> answered, Throwable trouble) {
    LOG.debug("rooms are not looked up: {}", trouble.toString());
    return answered;
  }

  /**
   * @param refused why, of those rooms that are not counted and whose store is not away
   */
  record Answered<A>(List<A> answers, Map<RoomId, ErrorCode> refused) {}

  private <Q, A> Future<Answered<A>> askAgain(
      List<Q> rooms, Question<Q, A> question, List<A> first, List<Integer> again) {
    Map<RoomId, Integer> placeById = new HashMap<>();
    again.forEach(i -> placeById.put(question.room().apply(rooms.get(i)), i));
    return tallies
        .find(placeById.keySet())
        .timeout(FOUND_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            kept -> {
              Map<RoomId, ErrorCode> refused = refused(placeById.keySet(), kept);
              placeById.keySet().removeAll(refused.keySet());
              List<Integer> open = List.copyOf(placeById.values());
              return raise(placeById.keySet(), kept)
                  .compose(raised -> question.ask().apply(open.stream().map(rooms::get).toList()))
                  .map(second -> new Answered<>(over(first, open, second), refused));
            });
  }

  private static Map<RoomId, ErrorCode> refused(Set<RoomId> ids, Map<RoomId, Kept> kept) {
    Map<RoomId, ErrorCode> refused = new HashMap<>();
    for (RoomId id : ids) {
      Kept found = kept.get(id);
      if (found == null || found.state() == RoomState.CLOSED) {
        refused.put(id, found == null ? ErrorCode.ROOM_NOT_FOUND : ErrorCode.ROOM_CLOSED);
      }
    }
    return refused;
  }

  /** Those that can't be raised answer for themselves when they are asked again. */
  private Future<Void> raise(Set<RoomId> open, Map<RoomId, Kept> kept) {
    Map<RoomId, Tally> tallies = new HashMap<>();
    kept.forEach(
        (id, found) -> {
          if (open.contains(id)) {
            tallies.put(id, asShown(id, found.tally()));
          }
        });
    return counters.raise(tallies).otherwiseEmpty();
  }

  private static <A> List<A> over(List<A> first, List<Integer> places, List<A> second) {
    List<A> answers = new ArrayList<>(first);
    for (int i = 0; i < places.size(); i++) {
      answers.set(places.get(i), second.get(i));
    }
    return answers;
  }

  /** What was shown to people once is not taken back, even if nobody kept it. */
  private Tally asShown(RoomId id, Tally kept) {
    ListedRoom shown = listing.isLoaded() ? listing.now().find(id) : null;
    return shown == null || shown.likes() <= kept.likes()
        ? kept
        : new Tally(kept.viewers(), shown.likes(), kept.peakViewers(), kept.visits());
  }
}
