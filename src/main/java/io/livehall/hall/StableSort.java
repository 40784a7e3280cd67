package io.livehall.hall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Sorts by a number, byte by byte from the lowest (radix sort), and keeps the order of equals. A
 * node has to list 100,000 rooms with code that is still cold: comparing them, each of several
 * objects, took most of its start.
 */
final class StableSort {
  private static final int BYTE_VALUES = 256;

  private StableSort() {}

  static <E> List<E> by(ToLongFunction<E> key, List<E> elements) {
    var keys = new long[elements.size()];
    var order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      // Signed numbers, so the negative ones must come first.
      keys[i] = key.applyAsLong(elements.get(i)) ^ Long.MIN_VALUE;
      order[i] = i;
    }
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      order = sortedByByte(keys, order, shift);
    }
    var sorted = new ArrayList<E>(keys.length);
    for (int i : order) {
      sorted.add(elements.get(i));
    }
    return sorted;
  }

  private static int[] sortedByByte(long[] keys, int[] order, int shift) {
    var counts = new int[BYTE_VALUES];
    for (long key : keys) {
      counts[byteOf(key, shift)]++;
    }
    if (keys.length == 0 || counts[byteOf(keys[0], shift)] == keys.length) {
      return order; // all are equal here, as in the high bytes of times
    }
    int next = 0;
    for (int value = 0; value < BYTE_VALUES; value++) {
      int count = counts[value];
      counts[value] = next;
      next += count;
    }
    var sorted = new int[order.length];
    for (int i : order) {
      sorted[counts[byteOf(keys[i], shift)]++] = i;
    }
    return sorted;
  }

  private static int byteOf(long key, int shift) {
    return (int) (key >>> shift) & (BYTE_VALUES - 1);
  }
}
