package io.livehall.verticle;

import io.livehall.domain.CloseReason;
import io.livehall.domain.RoomEvent;
import io.livehall.service.Counted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Our own figures. Every name starts with {@code livehall_}. */
public final class Meters implements Counted {
  private final MeterRegistry registry;
  private final Map<String, Map<String, Counter>> counterByResult = new ConcurrentHashMap<>();

  public Meters(MeterRegistry registry) {
    this.registry = registry;
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
    counterByResult
        .computeIfAbsent(what, name -> new ConcurrentHashMap<>())
        .computeIfAbsent(result, r -> registry.counter("livehall." + what, "result", r))
        .increment();
  }

  /** Shows results that have not come yet as zero, so that their first is seen as a rise. */
  public void expect(String what, String... results) {
    for (String result : results) {
      registry.counter("livehall." + what, "result", result);
    }
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
