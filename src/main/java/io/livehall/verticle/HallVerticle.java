package io.livehall.verticle;

import io.livehall.bus.Addresses;
import io.livehall.bus.LiveBus;
import io.livehall.config.LiveConfig;
import io.livehall.domain.RoomNews;
import io.livehall.hall.Hall;
import io.livehall.hall.ListedRoom;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.push.NewsDesk;
import io.livehall.service.Listing;
import io.livehall.service.NewsFlash;
import io.livehall.service.port.CounterStore;
import io.livehall.service.port.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of this node's list. It follows the log: news that continue what it has are
 * applied; where something is missing, it reads that from the log; and since the bus promises
 * nothing, it looks at the log's head every second.
 */
public final class HallVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HallVerticle.class);
  private static final int READ_AT_ONCE = 1_000;

  /** Further behind than this, all rooms are read anew. */
  private static final long BEHIND_MAX = 50_000;

  private static final long MARKS_LOOKED_AT_MS = 1_000;

  private static final long COUNTERS_LOOKED_AT_MS = 250;
  private static final long COUNTERS_TAKEN_IN_MS = 50;

  /** At most one part in five of the time goes to ticks. */
  private static final long TICK_SHARE = 4;

  private final LiveBus bus;
  private final RoomLog log;
  private final Listing listing;
  private final RoomJson json;
  private final NewsDesk desk;
  private final CounterLooks looks;
  private final LiveConfig.Hall config;
  private final HeardTallies tallies = new HeardTallies();

  private @Nullable Hall hall;
  private boolean isReading;

  /**
   * What the list is made of.
   *
   * @param isToldOfAll whether somebody on this node looks at the counters of all rooms by and by,
   *     and tells them here
   */
  public record Sources(RoomLog log, CounterStore counters, RoomJson json, boolean isToldOfAll) {}

  public HallVerticle(
      LiveBus bus, Sources sources, Listing listing, NewsDesk desk, LiveConfig.Hall config) {
    this.bus = bus;
    this.log = sources.log();
    this.json = sources.json();
    this.looks = new CounterLooks(sources.counters(), sources.isToldOfAll());
    this.listing = listing;
    this.desk = desk;
    this.config = config;
  }

  @Override
  public Future<?> start() {
    desk.open(work -> context.runOnContext(now -> work.run()));
    vertx.setPeriodic(config.headEvery().toMillis(), tick -> readOnce(this::followHead));
    vertx.setPeriodic(COUNTERS_TAKEN_IN_MS, tick -> takeInCounters());
    vertx.setPeriodic(config.countEvery().toMillis(), tick -> desk.tellCounts());
    vertx.setPeriodic(config.watchEvery().toMillis(), tick -> desk.tellWatchers());
    vertx.setPeriodic(MARKS_LOOKED_AT_MS, tick -> desk.tellMarks());
    vertx.setPeriodic(COUNTERS_LOOKED_AT_MS, tick -> lookAtCounters());
    tickAfter(config.tickEvery().toNanos());
    return bus.listen(Addresses.ROOM_NEWS, this::hear)
        .compose(listening -> bus.listen(Addresses.TALLIES, tallies::hear))
        .compose(listening -> bus.listen(Addresses.PRESENCE, desk::hear))
        .compose(listening -> firstLoad());
  }

  /**
   * A tick that was much work is followed by a longer one: the hall does not work for ticks only.
   */
  private void tickAfter(long nanos) {
    vertx.setTimer(
        Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)),
        timer -> {
          long begun = System.nanoTime();
          try {
            desk.tick();
          } finally {
            long took = System.nanoTime() - begun;
            tickAfter(Math.max(config.tickEvery().toNanos() - took, TICK_SHARE * took));
          }
        });
  }

  /** Counters that moved make a new hall, many at a time. */
  private void takeInCounters() {
    Hall current = hall;
    if (current != null) {
      Hall counted = tallies.over(current);
      if (counted != current) {
        show(counted);
        desk.show(counted, List.of());
      }
    }
  }

  private void lookAtCounters() {
    if (hall != null) {
      looks.look(hall, desk::lookedAt).onSuccess(tallies::hear);
    }
  }

  private Future<Void> firstLoad() {
    isReading = true;
    return load().onComplete(over -> isReading = false);
  }

  private void hear(NewsFlash flash) {
    Hall current = hall;
    if (current == null || !flash.epoch().equals(current.at().epoch())) {
      return; // the next look at the head finds out
    }
    if (!apply(current, flash.news())) {
      readOnce(this::catchUp);
    }
  }

  /** Runs one reading at a time; what is missed meanwhile is found by the next. */
  private void readOnce(Function<Hall, Future<Void>> reading) {
    if (isReading) {
      return;
    }
    isReading = true;
    Future<Void> done = hall == null ? load() : reading.apply(hall);
    done.onFailure(trouble -> LOG.warn("the log can't be read: {}", trouble.toString()))
        .onComplete(over -> isReading = false);
  }

  private Future<Void> followHead(Hall before) {
    return log.head()
        .compose(
            head -> {
              Hall current = hall == null ? before : hall;
              boolean isAnotherLog = !head.epoch().equals(current.at().epoch());
              boolean wentBack = head.seq() < before.at().seq();
              long behind = head.seq() - current.at().seq();
              if (isAnotherLog || wentBack || behind > BEHIND_MAX) {
                return load();
              }
              listing.checked(head.seq());
              return behind > 0 ? catchUp(current) : Future.succeededFuture();
            });
  }

  private Future<Void> catchUp(Hall from) {
    return log.after(from.at().seq(), READ_AT_ONCE)
        .compose(
            news -> {
              Hall latest = hall == null ? from : hall;
              if (!news.isEmpty() && !apply(latest, news)) {
                return load(); // the log does not reach back that far any more
              }
              return news.size() < READ_AT_ONCE || hall == null
                  ? Future.succeededFuture()
                  : catchUp(hall);
            });
  }

  /** Parts are encoded by other threads while the next are read: this one goes on hearing news. */
  private Future<Void> load() {
    long begun = System.nanoTime();
    Hall before = hall;
    List<Future<List<ListedRoom>>> parts = new ArrayList<>();
    return log.image(
            rooms ->
                parts.add(
                    apart(
                        () -> rooms.get().stream().map(room -> json.listed(room, null)).toList())))
        .compose(
            at ->
                Future.all(parts)
                    .compose(
                        encoded ->
                            apart(
                                () ->
                                    Hall.of(
                                        at,
                                        parts.stream()
                                            .flatMap(part -> part.result().stream())
                                            .toList()))))
        .map(
            image -> {
              showUnlessOlder(image, before);
              LOG.info(
                  "list loaded rooms={} epoch={} seq={} ms={}",
                  image.size(),
                  image.at().epoch(),
                  image.at().seq(),
                  (System.nanoTime() - begun) / 1_000_000);
              return null;
            });
  }

  private <T> Future<T> apart(Callable<T> work) {
    return vertx.executeBlocking(work, false);
  }

  /** News can have come meanwhile; then what they made of the list stays. */
  private void showUnlessOlder(Hall image, @Nullable Hall before) {
    Hall current = hall;
    boolean isOlder =
        current != null
            && current != before
            && current.at().epoch().equals(image.at().epoch())
            && current.at().seq() > image.at().seq();
    if (!isOlder) {
      show(image);
      desk.showAnew(image);
    }
    listing.checked(image.at().seq());
  }

  /** False if there is a gap between the hall and the news. */
  private boolean apply(Hall current, List<RoomNews> news) {
    HallStep step = HallStep.along(news, current, json);
    if (step != null && step.hall() != current) {
      show(step.hall());
      desk.show(step.hall(), step.heard());
    }
    return step != null;
  }

  private void show(Hall next) {
    hall = next;
    listing.show(next);
  }
}
