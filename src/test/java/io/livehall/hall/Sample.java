package io.livehall.hall;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rooms to test with: their ids, times and heats are few, so that ties are many. */
final class Sample {
  static final List<String> TAGS = List.of("chess", "cooking", "music", "音乐", "m");

  private Sample() {}

  static RoomId id(int n) {
    var digits = Integer.toString(n, 36);
    return new RoomId("r" + "0".repeat(15 - digits.length()) + digits);
  }

  static ListedRoom room(int n, long liveAt, long heat, String... tags) {
    return new ListedRoom(
        id(n), 1, liveAt, heat, 0, 0, List.of(tags), ("room " + n).getBytes(UTF_8));
  }

  static ListedRoom random(Random random, int n) {
    var tags = new ArrayList<String>();
    for (int count = random.nextInt(4); count > 0; count--) {
      tags.add(TAGS.get(random.nextInt(TAGS.size())));
    }
    long version = random.nextLong(1, 1_000_000);
    byte[] json = {};
    return new ListedRoom(
        id(n), version, random.nextLong(50), random.nextLong(-2, 3), 0, 0, List.copyOf(tags), json);
  }

  static List<String> idsAndVersions(Iterable<ListedRoom> rooms) {
    var shown = new ArrayList<String>();
    rooms.forEach(room -> shown.add(room.id().value() + ':' + room.version()));
    return shown;
  }

  static Position at(long seq) {
    return new Position("k3v9", seq);
  }
}
