package io.livehall.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was counted in one part of a run. Any thread may count. */
final class Tally {
  private static final int NAMES_MAX = 100;
  private static final int SAMPLES_MAX = 5;
  private static final int SAMPLE_CHARS_MAX = 400;

  /** What is counted by number alone. */
  enum Count {
    FRAMES,
    BYTES,
    RESYNCS,
    RESUMED_BY_DELTA,
    RESUMED_BY_SNAP,
    LOST,
    DROPPED_BY_US,
    MOVED,
    SILENT,
    GIVEN_UP,
    LIKES_SENT,
    LIKES_UNSENT,
    LIKES_REFUSED,
    LIKES_LOST,
    LIKED,
    ENTERED,
    CHANGES,
    CHANGES_SKIPPED
  }

  /** What is timed. */
  enum Time {
    OPENED,
    LISTED,
    EDITED,
    CLOSED,
    ROOM_EDITED,
    ROOM_CLOSED,
    ROOM_CLOSED_AT,
    RIGHT_AGAIN,
    LIKED,
    HOST_CALL
  }

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);
  private final Map<Time, Histogram> times = new EnumMap<>(Time.class);

  /** Counted under a name: {@code closed 4008}, {@code refused UNAVAILABLE}. */
  private final Map<String, LongAdder> named = new ConcurrentHashMap<>();

  private final Map<Class<?>, LongAdder> frames = new ConcurrentHashMap<>();
  private final Map<Verdict, LongAdder> wrong = new EnumMap<>(Verdict.class);
  private final List<String> wrongSamples = Collections.synchronizedList(new ArrayList<>());

  Tally() {
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
    for (Time time : Time.values()) {
      times.put(time, new Histogram());
    }
    for (Verdict verdict : Verdict.values()) {
      wrong.put(verdict, new LongAdder());
    }
  }

  void add(Count what) {
    add(what, 1);
  }

  void add(Count what, long n) {
    at(counts, what).add(n);
  }

  long count(Count what) {
    return at(counts, what).sum();
  }

  void frame(Frame frame, int wireBytes) {
    add(Count.FRAMES);
    add(Count.BYTES, wireBytes);
    frames.computeIfAbsent(frame.getClass(), type -> new LongAdder()).increment();
  }

  long frames(Class<? extends Frame> type) {
    LongAdder adder = frames.get(type);
    return adder == null ? 0 : adder.sum();
  }

  Histogram time(Time what) {
    return at(times, what);
  }

  /** Over 100 names, which only a server at odds with the protocol makes, are counted as one. */
  void name(String group, Object name) {
    String key = group + " " + name;
    LongAdder adder = named.get(key);
    if (adder == null) {
      String kept = named.size() < NAMES_MAX ? key : group + " others";
      adder = named.computeIfAbsent(kept, k -> new LongAdder());
    }
    adder.increment();
  }

  /** By name, of one group. */
  Map<String, Long> names(String group) {
    Map<String, Long> found = new TreeMap<>();
    named.forEach(
        (key, adder) -> {
          if (key.startsWith(group + " ")) {
            found.put(key.substring(group.length() + 1), adder.sum());
          }
        });
    return found;
  }

  /** The first five are kept word for word. */
  void wrong(Verdict verdict, String viewer, Frame frame) {
    at(wrong, verdict).increment();
    if (wrongSamples.size() < SAMPLES_MAX) {
      String text = frame.toString();
      wrongSamples.add(
          "%s %s %s"
              .formatted(
                  viewer,
                  verdict.name().toLowerCase(Locale.ROOT),
                  text.substring(0, Math.min(text.length(), SAMPLE_CHARS_MAX))));
    }
  }

  long wrong(Verdict verdict) {
    return at(wrong, verdict).sum();
  }

  long wrong() {
    return wrong.values().stream().mapToLong(LongAdder::sum).sum();
  }

  List<String> wrongSamples() {
    return List.copyOf(wrongSamples);
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("not counted: " + key);
    }
    return value;
  }
}
