package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.service.port.RoomStore;
import io.livehall.service.port.RoomStore.Committed;
import io.livehall.service.port.RoomStore.Found;
import io.livehall.service.port.RoomStore.OpeningKey;
import io.livehall.service.port.RoomStore.Wanted;
import io.livehall.service.port.RoomStore.Writes;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of rooms. All orders that wait go into one transaction: their rooms are locked
 * and read, each order is decided in memory, and the results are written with one statement for
 * each table. That is group commit, and it is why decisions are pure.
 */
public final class RoomKeeper implements Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(RoomKeeper.class);
  private static final int TRIES = 3;

  /** Rooms are locked meanwhile. */
  private static final Duration SEALED_WITHIN = Duration.ofMillis(500);

  private final Ports ports;
  private final RoomPolicy policy;
  private final Clock clock;
  private final BiConsumer<Committed, List<RoomStore.Entry>> news;
  private final GroupCommit<Order, Verdicts.Answer> orders;

  /**
   * @param seals ends the counting in these rooms and tells their last counters, as far as they are
   *     known
   */
  public record Ports(RoomStore rooms, Function<Set<RoomId>, Future<Map<RoomId, Tally>>> seals) {}

  /**
   * @param news hears of each commit that made log entries, before the orders are answered
   */
  public RoomKeeper(
      Ports ports,
      RoomPolicy policy,
      GroupCommit.Limits limits,
      Clock clock,
      BiConsumer<Committed, List<RoomStore.Entry>> news) {
    this.ports = ports;
    this.policy = policy;
    this.clock = clock;
    this.news = news;
    this.orders = new GroupCommit<>(limits, batch -> commit(batch, TRIES));
  }

  @Override
  public Future<Order.Opened> open(Order.Open order) {
    return orders.add(order).map(answer -> answer.asOpened());
  }

  @Override
  public Future<Order.Kept> change(Order.Change order) {
    return orders.add(order).map(answer -> answer.asKept());
  }

  /** How many orders wait for their transaction. */
  public int waiting() {
    return orders.waiting();
  }

  private Future<List<Future<Verdicts.Answer>>> commit(List<Order> batch, int tries) {
    var verdicts = new Verdicts(policy, clock.instant());
    return ports
        .rooms()
        .transact(wanted(batch), found -> decide(batch, verdicts, found))
        .map(
            committed -> {
              tell(committed, verdicts.entries());
              return verdicts.answers(committed.seq());
            })
        .recover(trouble -> again(batch, tries - 1, trouble));
  }

  /**
   * Rooms that close get their last counters, which do not change any more from here on. Where they
   * can't be had in time, the room closes all the same, and they are fetched later.
   */
  private Future<Writes> decide(List<Order> batch, Verdicts verdicts, Found found) {
    Writes writes = verdicts.decide(batch, found);
    Set<RoomId> closing = verdicts.closing();
    if (closing.isEmpty()) {
      return Future.succeededFuture(writes);
    }
    return Future.succeededFuture(closing)
        .compose(ports.seals())
        .timeout(SEALED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .map(tallies -> verdicts.settled(tallies, true))
        .otherwise(trouble -> verdicts.settled(Map.of(), false));
  }

  /** What is committed stays so: news that can't be told are found in the log. */
  private void tell(Committed committed, List<RoomStore.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    try {
      news.accept(committed, entries);
    } catch (RuntimeException trouble) {
      LOG.warn("seq={} not told: {}", committed.seq(), trouble.toString());
    }
  }

  /**
   * Two hosts' words at two nodes can collide; then the second looks again. One bad order must not
   * fail the others.
   */
  private Future<List<Future<Verdicts.Answer>>> again(
      List<Order> batch, int tries, Throwable trouble) {
    boolean isAboutTheStore =
        trouble instanceof LiveException e
            && (e.code() == ErrorCode.UNAVAILABLE || e.code() == ErrorCode.TIMEOUT);
    if (isAboutTheStore) {
      return Future.failedFuture(trouble);
    }
    if (tries > 0 && trouble instanceof CollisionException) {
      return commit(batch, tries);
    }
    if (batch.size() == 1) {
      return Future.failedFuture(trouble);
    }
    Future<List<Future<Verdicts.Answer>>> done = Future.succeededFuture(new ArrayList<>());
    for (Order order : batch) {
      done = done.compose(answers -> alone(order).map(answer -> add(answers, answer)));
    }
    return done;
  }

  private Future<Future<Verdicts.Answer>> alone(Order order) {
    return commit(List.of(order), TRIES)
        .map(answers -> answers.get(0))
        .recover(trouble -> Future.succeededFuture(Future.failedFuture(trouble)));
  }

  private static <T> List<T> add(List<T> list, T item) {
    list.add(item);
    return list;
  }

  private static Wanted wanted(List<Order> batch) {
    var wanted = new Wanted(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    for (Order order : batch) {
      if (order instanceof Order.Open open) {
        wanted.hosts().add(open.host().id());
        if (open.attempt() != null) {
          wanted.openings().add(new OpeningKey(open.host().id(), open.attempt().key()));
        }
      } else if (order instanceof Order.Change change) {
        if (change.target() instanceof Order.Target.ById byId) {
          wanted.ids().add(byId.id());
        } else if (change.target() instanceof Order.Target.ByStream byStream) {
          wanted.streams().add(byStream.stream());
        }
      }
    }
    return wanted;
  }
}
