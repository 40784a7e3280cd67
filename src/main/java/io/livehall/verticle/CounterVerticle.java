package io.livehall.verticle;

import io.livehall.bus.Addresses;
import io.livehall.bus.LiveBus;
import io.livehall.config.LiveConfig;
import io.livehall.service.Counter;
import io.livehall.service.Counting;
import io.livehall.service.Presence;
import io.livehall.service.Tallies;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts likes and viewers, tells every node the totals, and has them kept for good. */
public final class CounterVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CounterVerticle.class);
  private static final long AROUND_EVERY_MS = 250;
  private static final int PORTIONS = 5;
  private static final long KEEP_PAUSE_MS = 50;

  private final LiveBus bus;
  private final Counting counting;
  private final LiveConfig.Counters config;
  private final Meters meters;
  private boolean isTelling;

  public CounterVerticle(
      LiveBus bus, Counting counting, LiveConfig.Counters config, Meters meters) {
    this.bus = bus;
    this.counting = counting;
    this.config = config;
    this.meters = meters;
  }

  @Override
  public Future<?> start() {
    meters.expect("visits", "counted", "UNAVAILABLE");
    meters.watch("visits.waiting", counting, Counting::waiting);
    meters.watch("counters.untold", counting, Counting::untold);
    vertx.setPeriodic(config.tellEvery().toMillis(), tick -> tell());
    int calls = (int) Math.max(1, config.aroundWithin().toMillis() / AROUND_EVERY_MS);
    // What that finds is kept, and shown here; lists elsewhere look for themselves. The next look
    // makes up for one that fails.
    vertx.setPeriodic(AROUND_EVERY_MS, tick -> around(calls));
    vertx.setPeriodic(config.keepEvery().toMillis(), tick -> counting.keep(this::pause));
    return Future.all(
        bus.answer(Addresses.TOUCHED, counting::touch), bus.answer(Addresses.VISITS, this::visit));
  }

  /** What was counted and is not kept yet would be found by another node; but why wait. */
  @Override
  public Future<?> stop() {
    return counting.keep().otherwiseEmpty();
  }

  private void around(int calls) {
    counting.around(calls).onSuccess(tallies -> bus.tellHere(Addresses.TALLIES, tallies));
  }

  private Future<Void> pause() {
    return vertx.timer(KEEP_PAUSE_MS);
  }

  private Future<Counter.Moved> visit(Counter.Visits visits) {
    return counting.visit(visits).onSuccess(moved -> count(moved.answers()));
  }

  private void count(List<Counter.Answer> answers) {
    long counted = 0;
    for (Counter.Answer answer : answers) {
      if (answer.refused() == null) {
        counted++;
      } else {
        meters.count("visits", answer.refused().name());
      }
    }
    meters.count("visits", "counted", counted);
  }

  private void tell() {
    Presence presence = counting.presence();
    if (!presence.rooms().isEmpty()) {
      bus.tell(Addresses.PRESENCE, presence);
    }
    if (isTelling || counting.untold() == 0) {
      return;
    }
    isTelling = true;
    tellSome();
  }

  /** Where very many have moved, the next are told a little later: so they hold up nobody. */
  private void tellSome() {
    counting
        .tallies()
        .onFailure(trouble -> LOG.debug("counters are not told: {}", trouble.toString()))
        .otherwise(new Tallies(List.of()))
        .onSuccess(
            tallies -> {
              if (!tallies.rooms().isEmpty()) {
                bus.tell(Addresses.TALLIES, tallies);
              }
              isTelling = tallies.rooms().size() >= Counting.TOLD_AT_ONCE;
              if (isTelling) {
                long pause = config.tellEvery().toMillis() / PORTIONS;
                vertx.setTimer(Math.max(1, pause), next -> tellSome());
              }
            });
  }
}
