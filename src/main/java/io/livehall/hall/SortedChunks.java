package io.livehall.hall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * An immutable sorted sequence without equals, in chunks. A change copies one chunk; a batch of
 * changes copies the spine once. A search is binary: over the heads of the chunks, then in one.
 *
 * <pre>
 * chunks  [a b c] [d e] [f g h i]     each exactly as long as what it holds
 * ends       3      5       9         how many elements there are up to the end of each
 * </pre>
 *
 * Every chunk holds chunkMax / 4 to chunkMax elements, a single one also fewer; none is empty.
 */
final class SortedChunks<E> {
  /** Near the square root of 100,000: there, chunk and spine cost the same to copy. */
  static final int CHUNK_MAX = 512;

  private final Comparator<E> order;
  private final int chunkMax;
  private final Object[][] chunks;
  private final int[] ends;

  SortedChunks(Comparator<E> order, int chunkMax, Object[][] chunks, int[] ends) {
    this.order = order;
    this.chunkMax = chunkMax;
    this.chunks = chunks;
    this.ends = ends;
  }

  /** The elements must be in order and without equals. */
  static <E> SortedChunks<E> ofSorted(Comparator<E> order, List<E> sorted) {
    return ofSorted(order, sorted, CHUNK_MAX);
  }

  static <E> SortedChunks<E> ofSorted(Comparator<E> order, List<E> sorted, int chunkMax) {
    // Three quarters full, so that the first changes after the start do not split every chunk.
    int fill = chunkMax * 3 / 4;
    int count = (sorted.size() + fill - 1) / fill;
    var chunks = new Object[count][];
    var ends = new int[count];
    for (int c = 0, from = 0; c < count; c++) {
      ends[c] = (int) ((c + 1L) * sorted.size() / count);
      chunks[c] = sorted.subList(from, ends[c]).toArray();
      from = ends[c];
    }
    return new SortedChunks<>(order, chunkMax, chunks, ends);
  }

  int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /** How many elements stand before a place; those before it must all precede those after it. */
  int rank(Predicate<? super E> isBefore) {
    if (chunks.length == 0) {
      return 0;
    }
    int c = lastChunk(chunks, isBefore);
    return start(ends, c) + indexIn(chunks[c], isBefore);
  }

  /** The elements of the ranks from {@code from} to before {@code to}. */
  List<E> slice(int from, int to) {
    var slice = new Object[to - from];
    int c = from < to ? chunkOfRank(from) : 0;
    for (int done = 0; done < slice.length; c++) {
      int at = from + done - start(ends, c);
      int n = Math.min(slice.length - done, chunks[c].length - at);
      System.arraycopy(chunks[c], at, slice, done, n);
      done += n;
    }
    @SuppressWarnings("unchecked") // only elements came in
    var elements = (List<E>) Collections.unmodifiableList(Arrays.asList(slice));
    return elements;
  }

  SortedChunks<E> with(E element) {
    var edit = edit();
    edit.put(element);
    return edit.done();
  }

  SortedChunks<E> without(E like) {
    var edit = edit();
    edit.remove(like);
    return edit.done();
  }

  /** Begins a batch of changes; this sequence stays as it is. */
  ChunkEdit<E> edit() {
    return new ChunkEdit<>(order, chunkMax, chunks, ends);
  }

  /** The lengths of the chunks, for those who check the invariant. */
  List<Integer> chunkLengths() {
    var lengths = new ArrayList<Integer>();
    for (int c = 0; c < chunks.length; c++) {
      lengths.add(ends[c] - start(ends, c));
    }
    return lengths;
  }

  private int chunkOfRank(int rank) {
    int found = Arrays.binarySearch(ends, rank);
    return found >= 0 ? found + 1 : -found - 1;
  }

  static int start(int[] ends, int chunk) {
    return chunk == 0 ? 0 : ends[chunk - 1];
  }

  /** The last chunk whose head passes the test, or the first chunk if none does. */
  @SuppressWarnings("unchecked") // only elements came in
  static <E> int lastChunk(Object[][] chunks, Predicate<? super E> test) {
    int low = 1;
    int high = chunks.length;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (test.test((E) chunks[mid][0])) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low - 1;
  }

  /** How many elements of the chunk pass the test; those that do come first. */
  @SuppressWarnings("unchecked") // only elements came in
  static <E> int indexIn(Object[] chunk, Predicate<? super E> test) {
    int low = 0;
    int high = chunk.length;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (test.test((E) chunk[mid])) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }
}
