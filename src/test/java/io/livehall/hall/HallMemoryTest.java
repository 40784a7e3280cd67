package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HallMemoryTest {
  private static final int ROOMS = 100_000;
  private static final int JSON_BYTES = 520;

  @Test
  void aRoomTakesAtMostTwoThousandBytesAndFourHundredBesideItsJson() {
    long before = usedBytes();

    var hall = changedOften(Hall.of(at(0), rooms()));

    long bytesPerRoom = (usedBytes() - before) / ROOMS;
    assertThat(hall.size()).isEqualTo(ROOMS);
    assertThat(bytesPerRoom).isBetween((long) JSON_BYTES, 2_000L);
    assertThat(bytesPerRoom - JSON_BYTES).isLessThanOrEqualTo(400);
  }

  private static List<ListedRoom> rooms() {
    var rooms = new ArrayList<ListedRoom>(ROOMS);
    for (int n = 0; n < ROOMS; n++) {
      rooms.add(room(n, 0));
    }
    return rooms;
  }

  /** What is replaced must not stay in memory. */
  private static Hall changedOften(Hall hall) {
    var changed = hall;
    for (int n = 0; n < ROOMS; n += 2) {
      changed = changed.next(at(n), List.of(new HallChange.Put(room(n, n % 97))));
    }
    return changed;
  }

  private static ListedRoom room(int n, long heat) {
    // Tags as they come out of a database: the same words, but each room has its own.
    var tags = List.of("tag" + n % 10, "word" + n % 7);
    return new ListedRoom(Sample.id(n), 1, n / 3, heat, n, 2L * n, tags, new byte[JSON_BYTES]);
  }

  /** The least of several looks: what other tests left behind may go at any of them. */
  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int look = 0; look < 5; look++) {
      System.gc();
      var runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
