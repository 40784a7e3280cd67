package io.livehall.hall;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch of changes to a {@link SortedChunks} in the making: it owns its spine, which is copied
 * once for the batch, and never writes into a chunk that anybody else can see. A chunk in which
 * elements are replaced is copied once as well.
 */
final class ChunkEdit<E> {
  private final Comparator<E> order;
  private final int chunkMax;
  private Object[][] chunks;
  private int[] ends;

  /** Chunks that nobody else has seen yet. */
  private final Set<Object[]> own = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Most changes replace an element, which moves no end: so the ends are copied when one moves. */
  private boolean ownsEnds;

  ChunkEdit(Comparator<E> order, int chunkMax, Object[][] chunks, int[] ends) {
    this.order = order;
    this.chunkMax = chunkMax;
    this.chunks = chunks.clone();
    this.ends = ends;
  }

  /** Adds the element, or replaces the one equal to it, which is returned. */
  @Nullable E put(E element) {
    if (chunks.length == 0) {
      splice(0, 0, new Object[] {element});
      return null;
    }
    int c = chunkFor(element);
    var chunk = chunks[c];
    int i = indexFor(chunk, element);
    var equal = equalAt(chunk, i, element);
    if (equal != null) {
      ownChunk(c)[i] = element;
      return equal;
    }
    var longer = Arrays.copyOf(chunk, chunk.length + 1);
    System.arraycopy(chunk, i, longer, i + 1, chunk.length - i);
    longer[i] = element;
    splice(c, 1, inBounds(longer));
    return null;
  }

  /** Removes the element equal to the given one, and returns it. */
  @Nullable E remove(E like) {
    if (chunks.length == 0) {
      return null;
    }
    int c = chunkFor(like);
    var chunk = chunks[c];
    int i = indexFor(chunk, like);
    var equal = equalAt(chunk, i, like);
    if (equal != null) {
      var shorter = Arrays.copyOf(chunk, chunk.length - 1);
      System.arraycopy(chunk, i + 1, shorter, i, shorter.length - i);
      replaceShortened(c, shorter);
    }
    return equal;
  }

  /** Ends the batch. The edit must not be used any more: the sequence has its spine now. */
  SortedChunks<E> done() {
    return new SortedChunks<>(order, chunkMax, chunks, ends);
  }

  private Object[] ownChunk(int c) {
    if (!own.contains(chunks[c])) {
      chunks[c] = chunks[c].clone();
      own.add(chunks[c]);
    }
    return chunks[c];
  }

  private int chunkFor(E element) {
    return SortedChunks.<E>lastChunk(chunks, e -> order.compare(e, element) <= 0);
  }

  private int indexFor(Object[] chunk, E element) {
    return SortedChunks.<E>indexIn(chunk, e -> order.compare(e, element) < 0);
  }

  @SuppressWarnings("unchecked") // only elements came in
  private @Nullable E equalAt(Object[] chunk, int i, E element) {
    return i < chunk.length && order.compare((E) chunk[i], element) == 0 ? (E) chunk[i] : null;
  }

  private void replaceShortened(int c, Object[] shorter) {
    if (shorter.length >= chunkMax / 4 || (chunks.length == 1 && shorter.length > 0)) {
      splice(c, 1, shorter);
    } else if (chunks.length == 1) {
      splice(c, 1);
    } else if (c == 0) {
      splice(0, 2, inBounds(joined(shorter, chunks[1])));
    } else {
      splice(c - 1, 2, inBounds(joined(chunks[c - 1], shorter)));
    }
  }

  private Object[][] inBounds(Object[] chunk) {
    if (chunk.length <= chunkMax) {
      return new Object[][] {chunk};
    }
    int half = chunk.length / 2;
    return new Object[][] {
      Arrays.copyOf(chunk, half), Arrays.copyOfRange(chunk, half, chunk.length)
    };
  }

  private static Object[] joined(Object[] left, Object[] right) {
    var both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  /** Puts pieces in the place of {@code gone} chunks. */
  private void splice(int at, int gone, Object[]... pieces) {
    int oldEnd = SortedChunks.start(ends, at + gone);
    int after = at + pieces.length;
    if (pieces.length != gone) {
      resize(at + gone, after);
    } else if (!ownsEnds) {
      ends = ends.clone();
    }
    ownsEnds = true;
    int end = SortedChunks.start(ends, at);
    for (int p = 0; p < pieces.length; p++) {
      end += pieces[p].length;
      chunks[at + p] = pieces[p];
      ends[at + p] = end;
    }
    for (int c = after; c < ends.length; c++) {
      ends[c] += end - oldEnd;
    }
  }

  /** Moves what stands from {@code from} on to {@code to}, in a spine as long as that needs. */
  private void resize(int from, int to) {
    int rest = chunks.length - from;
    var movedChunks = Arrays.copyOf(chunks, to + rest);
    var movedEnds = Arrays.copyOf(ends, to + rest);
    System.arraycopy(chunks, from, movedChunks, to, rest);
    System.arraycopy(ends, from, movedEnds, to, rest);
    chunks = movedChunks;
    ends = movedEnds;
  }
}
