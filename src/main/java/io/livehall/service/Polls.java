package io.livehall.service;

import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamState;
import io.livehall.service.Order.Target.ById;
import io.livehall.service.port.StreamCloud;
import io.livehall.service.port.WatchList;
import io.livehall.service.port.WatchList.Claim;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cloud about the streams of open rooms, and tells the keeper what it says. Many nodes do
 * so at once, without a leader: a room is claimed, asked about, and settled; a claim that is never
 * settled runs out. Belongs to one event loop.
 */
public final class Polls {
  private static final Logger LOG = LoggerFactory.getLogger(Polls.class);

  /**
   * Claims that wait for each question under way: so that one is at hand when another is answered.
   */
  private static final int WAITING_PER_QUESTION = 4;

  /** Rooms that opened together shall not be asked about together for ever. */
  private static final double JITTER = 0.1;

  private static final int SETTLED_AT_ONCE = 500;

  private final Ports ports;
  private final Pace pace;
  private final Clock clock;
  private final Counted counted;
  private final GroupCommit<Map.Entry<Claim, Instant>, Void> settlements;
  private final ArrayDeque<Claim> waiting = new ArrayDeque<>();
  private int asking;
  private boolean isClaiming;
  private boolean isBehind;

  public record Ports(WatchList watchList, StreamCloud cloud, Keeper keeper) {}

  /**
   * @param batchMax rooms claimed at once
   * @param claimFor for how long; longer than a claim waits and its question takes
   * @param parallelMax questions under way at once
   */
  public record Pace(Duration pollEvery, int batchMax, Duration claimFor, int parallelMax) {}

  public Polls(Ports ports, Pace pace, Clock clock, Counted counted) {
    this.ports = ports;
    this.pace = pace;
    this.clock = clock;
    this.counted = counted;
    this.settlements =
        new GroupCommit<>(
            new GroupCommit.Limits(SETTLED_AT_ONCE, Integer.MAX_VALUE), // bounded by the claims
            this::settle);
  }

  /**
   * Claims rooms that are due and begins to ask about them, as many as can be at hand; how many.
   */
  public Future<Integer> round() {
    int limit = Math.min(pace.batchMax(), WAITING_PER_QUESTION * pace.parallelMax() - underWay());
    if (isClaiming || limit <= 0) {
      return Future.succeededFuture(0);
    }
    isClaiming = true;
    return ports
        .watchList()
        .claim(limit, pace.claimFor())
        .onComplete(over -> isClaiming = false)
        .onFailure(trouble -> isBehind = false)
        .map(
            claims -> {
              isBehind = claims.size() == limit;
              waiting.addAll(claims);
              askNext();
              return claims.size();
            });
  }

  /** Rooms that were claimed and not yet judged. */
  public int underWay() {
    return waiting.size() + asking;
  }

  private void askNext() {
    while (asking < pace.parallelMax() && !waiting.isEmpty()) {
      asking++;
      ask(waiting.remove())
          .onFailure(trouble -> LOG.debug("poll not told: {}", trouble.toString()))
          .onComplete(
              over -> {
                asking--;
                askNext();
                claimMore();
              });
    }
  }

  /** Where more is due than one round takes, the next does not wait for the clock. */
  private void claimMore() {
    if (isBehind && waiting.size() < pace.parallelMax()) {
      round().onFailure(trouble -> LOG.debug("no room claimed: {}", trouble.toString()));
    }
  }

  private Future<Void> ask(Claim claim) {
    Instant askedAt = clock.instant();
    return Future.succeededFuture(claim.stream())
        .compose(ports.cloud()::state)
        .otherwise(StreamState.UNKNOWN)
        .compose(says -> tell(claim, askedAt, says));
  }

  /**
   * Where the keeper can't be reached the claim is left to run out, and the room is asked about
   * anew.
   */
  private Future<Void> tell(Claim claim, Instant askedAt, StreamState says) {
    counted.count("polls", says.name().toLowerCase(Locale.ROOT));
    var polled = new RoomChange.Polled(claim.number(), askedAt, says);
    return ports
        .keeper()
        .change(new Order.Change(new ById(claim.room()), polled))
        .map(
            kept -> {
              if (kept.room().state() != RoomState.CLOSED) {
                settleLater(claim);
              }
              return null;
            });
  }

  private void settleLater(Claim claim) {
    double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    Duration pause = Duration.ofMillis(Math.round(pace.pollEvery().toMillis() * jitter));
    settlements
        .add(Map.entry(claim, clock.instant().plus(pause)))
        .onFailure(
            trouble ->
                LOG.debug("poll of room={} not settled: {}", claim.room(), trouble.toString()));
  }

  private Future<List<Future<Void>>> settle(List<Map.Entry<Claim, Instant>> batch) {
    Map<Claim, Instant> dueAt = new HashMap<>();
    batch.forEach(entry -> dueAt.put(entry.getKey(), entry.getValue()));
    return ports
        .watchList()
        .settle(dueAt)
        .map(done -> batch.stream().map(entry -> Future.<Void>succeededFuture()).toList());
  }
}
