package io.livehall.service;

import io.livehall.domain.LiveException;
import io.livehall.service.port.CallbackInbox;
import io.livehall.service.port.CallbackInbox.Letter;
import io.livehall.service.port.CallbackInbox.State;
import io.livehall.service.port.CallbackInbox.Waiting;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the cloud tells us is stored first, then acknowledged, then acted on. A letter that can't be
 * acted on now stays as it is, and so does one whose node dies: a sweep of any node takes it up
 * again. To act twice does no harm, since the room knows what it was told. Belongs to one event
 * loop.
 */
public final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private static final int STORED_AT_ONCE = 200;
  private static final int CLAIMED_AT_ONCE = 200;

  /** Claims of one sweep; what remains is for the next. */
  private static final int CLAIMS_MAX = 25;

  /** Longer than the keeper takes for an answer: until then a letter may be in good hands. */
  private static final Duration HOLD = Duration.ofSeconds(5);

  /** Deletions at one time; what remains is for the next. */
  private static final int FORGETTINGS_MAX = 500;

  private final CallbackInbox inbox;
  private final Keeper keeper;
  private final Function<String, Optional<Order.Change>> reader;
  private final Settings settings;
  private final GroupCommit<Letter, Long> arrivals;
  private final GroupCommit<Map.Entry<Long, State>, Void> settlements;
  private final Map<Order.Target, Future<Void>> lastByStream = new HashMap<>();
  private final Set<Long> underWay = new HashSet<>();
  private boolean isSweeping;

  /**
   * @param queueMax how many letters may wait to be stored, and how many to be acted on
   */
  public record Settings(int queueMax, Duration keepFor, Clock clock, Counted counted) {}

  /**
   * @param reader what a letter's body asks of the keeper, if anything; it fails ROOM_NOT_FOUND
   *     where no room can be meant
   */
  public Callbacks(
      CallbackInbox inbox,
      Keeper keeper,
      Function<String, Optional<Order.Change>> reader,
      Settings settings) {
    this.inbox = inbox;
    this.keeper = keeper;
    this.reader = reader;
    this.settings = settings;
    var batches = new GroupCommit.Limits(STORED_AT_ONCE, settings.queueMax());
    this.arrivals = new GroupCommit<>(batches, this::store);
    this.settlements = new GroupCommit<>(batches, this::settle);
  }

  /** Completes once the letter is stored for good; it is acted on afterwards. */
  public Future<Void> receive(Letter letter) {
    Future<Long> stored = arrivals.add(letter);
    Future<Void> heard = stored.mapEmpty();
    stored.onSuccess(id -> take(new Waiting(id, letter.body())));
    return heard;
  }

  /** Takes up what waits for longer than it should; how many letters that were. */
  public Future<Integer> sweep() {
    if (isSweeping) {
      return Future.succeededFuture(0);
    }
    isSweeping = true;
    return sweep(CLAIMS_MAX).onComplete(over -> isSweeping = false);
  }

  /** Deletes what is kept long enough; how many letters. */
  public Future<Integer> forget() {
    return forget(FORGETTINGS_MAX);
  }

  /** How many letters are being acted on. */
  public int underWay() {
    return underWay.size();
  }

  private Future<Integer> sweep(int timesMax) {
    int limit = Math.min(CLAIMED_AT_ONCE, settings.queueMax() - underWay.size());
    if (limit <= 0 || timesMax == 0) {
      return Future.succeededFuture(0);
    }
    return inbox
        .claim(limit, HOLD)
        .compose(
            letters -> {
              letters.forEach(this::take);
              return letters.size() < limit
                  ? Future.succeededFuture(letters.size())
                  : sweep(timesMax - 1).map(more -> more + letters.size());
            });
  }

  private Future<List<Future<Long>>> store(List<Letter> letters) {
    return inbox.store(letters).map(ids -> ids.stream().map(Future::succeededFuture).toList());
  }

  /**
   * One letter of a stream after the other. Beyond what we can hold, a letter waits for the sweep.
   */
  private void take(Waiting letter) {
    if (underWay.size() >= settings.queueMax() || !underWay.add(letter.id())) {
      return;
    }
    Optional<Order.Change> order;
    try {
      order = reader.apply(letter.body());
    } catch (LiveException refusal) {
      done(letter, stateAfter(refusal));
      return;
    }
    if (order.isEmpty()) {
      done(letter, State.NOTED);
      return;
    }
    Order.Target stream = order.get().target();
    Future<Void> before = lastByStream.getOrDefault(stream, Future.succeededFuture());
    Future<Void> mine = before.compose(ready -> act(letter, order.get()));
    lastByStream.put(stream, mine);
    mine.onComplete(over -> lastByStream.remove(stream, mine));
  }

  private Future<Void> act(Waiting letter, Order.Change order) {
    return Future.succeededFuture(order)
        .compose(keeper::change)
        .map(kept -> State.DONE)
        .otherwise(
            trouble -> trouble instanceof LiveException e ? stateAfter(e) : failed(letter, trouble))
        .map(
            state -> {
              done(letter, state);
              return null;
            });
  }

  /** NEW where it is worth to try again. */
  private static State stateAfter(LiveException refusal) {
    return switch (refusal.code()) {
      case ROOM_NOT_FOUND -> State.UNMATCHED;
      case UNAVAILABLE, TIMEOUT, INTERNAL -> State.NEW;
      default -> State.NOTED;
    };
  }

  private static State failed(Waiting letter, Throwable bug) {
    LOG.error("callback={} can't be acted on", letter.id(), bug);
    return State.NEW;
  }

  private void done(Waiting letter, State state) {
    if (state == State.NEW) {
      underWay.remove(letter.id());
      return;
    }
    settings.counted().count("callbacks", resultOf(state));
    // If this fails, the letter is acted on again: no harm.
    settlements
        .add(Map.entry(letter.id(), state))
        .onFailure(
            trouble -> LOG.debug("callback={} not settled: {}", letter.id(), trouble.toString()))
        .onComplete(over -> underWay.remove(letter.id()));
  }

  private static String resultOf(State state) {
    return switch (state) {
      case DONE -> "ok";
      case UNMATCHED -> "unmatched";
      case NOTED, NEW -> "noted";
    };
  }

  private Future<List<Future<Void>>> settle(List<Map.Entry<Long, State>> settled) {
    Map<Long, State> states = new HashMap<>();
    settled.forEach(entry -> states.put(entry.getKey(), entry.getValue()));
    return inbox
        .settle(states)
        .map(done -> settled.stream().map(entry -> Future.<Void>succeededFuture()).toList());
  }

  private Future<Integer> forget(int timesMax) {
    return inbox
        .forget(settings.clock().instant().minus(settings.keepFor()))
        .compose(
            some ->
                some == 0 || timesMax == 1
                    ? Future.succeededFuture(some)
                    : forget(timesMax - 1).map(more -> more + some));
  }
}
