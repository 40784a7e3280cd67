package io.livehall.verticle;

import io.livehall.domain.CloseReason;
import io.livehall.domain.RoomEvent;
import io.livehall.protocol.push.NewsDesk;
import io.livehall.protocol.push.PushDoor;
import io.livehall.protocol.push.PushFigures;
import io.livehall.service.Attendance;
import io.livehall.service.Counted;
import io.livehall.service.Listing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Our own figures. Every name starts with {@code livehall_}. */
public final class Meters implements Counted, PushFigures {
  private final MeterRegistry registry;
  private final Map<String, Map<String, Counter>> counterByResult = new ConcurrentHashMap<>();

  private final Timer pushLag;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    this.pushLag =
        Timer.builder("livehall.push.lag")
            .serviceLevelObjectives(
                Stream.of(1, 2, 5, 10, 20, 50, 100, 150, 200, 500, 1_000, 2_000, 5_000)
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new))
            .register(registry);
  }

  /** What happened to listed rooms, and why they closed. */
  public void transition(RoomEvent event, @Nullable CloseReason reason) {
    registry
        .counter(
            "livehall.transitions",
            "event",
            event.name(),
            "reason",
            reason == null ? "" : reason.name())
        .increment();
  }

  /** {@code livehall_callbacks_total{result="forged"}} and the like. */
  @Override
  public void count(String what, String result) {
    count(what, result, 1);
  }

  @Override
  public void count(String what, String result, long times) {
    counterByResult
        .computeIfAbsent(what, name -> new ConcurrentHashMap<>())
        .computeIfAbsent(result, r -> registry.counter("livehall." + what, "result", r))
        .increment(times);
  }

  @Override
  public void pushed(Duration lag) {
    pushLag.record(lag);
  }

  /** Shows results that have not come yet as zero, so that their first is seen as a rise. */
  public void expect(String what, String... results) {
    for (String result : results) {
      registry.counter("livehall." + what, "result", result);
    }
  }

  public void watch(Listing listing) {
    watch("log.head", listing, l -> l.isLoaded() ? l.now().at().seq() + l.lag() : 0);
    watch("log.lag", listing, Listing::lag);
    watch("list.rooms", listing, l -> l.isLoaded() ? l.now().size() : 0);
    watch("list.age.seconds", listing, l -> l.age().toMillis() / 1000.0);
  }

  public void watch(PushDoor door, NewsDesk desk, Attendance attendance) {
    watch("push.connections", door, PushDoor::open);
    watch("push.views", desk, NewsDesk::viewsShown);
    watch("push.rooms", desk, NewsDesk::roomsShown);
    watch("push.viewers", attendance, Attendance::size);
  }

  public <T> void watch(String name, T owner, ToDoubleFunction<T> figure) {
    Gauge.builder("livehall." + name, owner, figure).strongReference(true).register(registry);
  }

  public <T> void watch(String name, String tag, String value, ToDoubleFunction<String> figure) {
    Gauge.builder("livehall." + name, value, figure)
        .tag(tag, value)
        .strongReference(true)
        .register(registry);
  }
}
