package io.livehall.hall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortedChunksTest {
  /** An element that is equal to others in the order, but not the same. */
  private record Entry(int key, int mark) {}

  private static final Comparator<Entry> ORDER = Comparator.comparingInt(Entry::key);

  @ParameterizedTest
  @CsvSource({"4,30,1", "8,60,2", "8,400,3", "16,1000,4", "512,5000,5"})
  void behavesLikeASortedMapUnderRandomChanges(int chunkMax, int keys, int seed) {
    var random = new Random(seed);
    var model = new TreeMap<Integer, Entry>();
    var chunks = SortedChunks.ofSorted(ORDER, List.of(), chunkMax);

    for (int step = 0; step < 6_000; step++) {
      // The sequence grows, then shrinks to nothing, and so again: splits, merges, and emptiness.
      boolean isGrowing = step % 3_000 < 1_500;
      var entry = new Entry(random.nextInt(keys), step);
      if (random.nextInt(10) < (isGrowing ? 8 : 1)) {
        chunks = chunks.with(entry);
        model.put(entry.key(), entry);
      } else if (isGrowing || model.isEmpty()) {
        chunks = chunks.without(entry);
        model.remove(entry.key());
      } else {
        var gone = model.ceilingEntry(entry.key());
        int key = gone == null ? model.lastKey() : gone.getKey();
        chunks = chunks.without(new Entry(key, -1));
        model.remove(key);
      }
      assertHolds(chunks, model, chunkMax, random);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 12, 512})
  void isBuiltInBoundsFromAnyNumberOfElements(int chunkMax) {
    for (int n = 0; n < 3 * chunkMax; n++) {
      var sorted = IntStream.range(0, n).mapToObj(key -> new Entry(key, key)).toList();

      var chunks = SortedChunks.ofSorted(ORDER, sorted, chunkMax);

      assertThat(chunks.slice(0, n)).isEqualTo(sorted);
      assertInBounds(chunks, n, chunkMax);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void growsAndShrinksAtOneEnd(boolean atHead) {
    var chunks = SortedChunks.ofSorted(ORDER, List.<Entry>of(), 8);
    for (int n = 1; n <= 500; n++) {
      chunks = chunks.with(new Entry(atHead ? -n : n, n));
      assertInBounds(chunks, n, 8);
    }
    for (int n = 499; n >= 0; n--) {
      chunks = chunks.without(chunks.slice(0, 1).get(0));
      assertInBounds(chunks, n, 8);
    }
  }

  @Test
  void aBatchLeavesTheSequenceItBeganFromAsItWas() {
    var sorted = IntStream.range(0, 1_000).mapToObj(n -> new Entry(2 * n, n)).toList();
    var before = SortedChunks.ofSorted(ORDER, sorted, 8);
    var lengths = before.chunkLengths();

    var edit = before.edit();
    var model = new TreeMap<Integer, Entry>();
    sorted.forEach(entry -> model.put(entry.key(), entry));
    var random = new Random(6);
    for (int i = 0; i < 3_000; i++) {
      var entry = new Entry(random.nextInt(2_000), -i);
      boolean isPut = random.nextBoolean();
      assertThat(isPut ? edit.put(entry) : edit.remove(entry))
          .isEqualTo(isPut ? model.put(entry.key(), entry) : model.remove(entry.key()));
    }

    assertThat(edit.done().slice(0, model.size())).isEqualTo(List.copyOf(model.values()));
    assertThat(before.slice(0, before.size())).isEqualTo(sorted);
    assertThat(before.chunkLengths()).isEqualTo(lengths);
  }

  private static void assertHolds(
      SortedChunks<Entry> chunks, TreeMap<Integer, Entry> model, int chunkMax, Random random) {
    assertInBounds(chunks, model.size(), chunkMax);
    var expected = new ArrayList<>(model.values());
    assertThat(chunks.slice(0, chunks.size()).equals(expected)).isTrue();

    int key = random.nextInt(-1, model.isEmpty() ? 1 : model.lastKey() + 2);
    assertThat(chunks.rank(e -> e.key() < key)).isEqualTo(model.headMap(key).size());
    assertThat(chunks.rank(e -> e.key() <= key)).isEqualTo(model.headMap(key, true).size());

    int from = random.nextInt(expected.size() + 1);
    int to = random.nextInt(from, expected.size() + 1);
    assertThat(chunks.slice(from, to).equals(expected.subList(from, to))).isTrue();
  }

  private static void assertInBounds(SortedChunks<Entry> chunks, int size, int chunkMax) {
    var lengths = chunks.chunkLengths();
    assertThat(chunks.size()).isEqualTo(size);
    assertThat(lengths.stream().mapToInt(n -> n).sum()).isEqualTo(size);
    int least = lengths.size() > 1 ? chunkMax / 4 : 1;
    assertThat(lengths.stream().allMatch(n -> n >= least && n <= chunkMax)).isTrue();
  }
}
