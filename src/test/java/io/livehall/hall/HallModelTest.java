package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static io.livehall.hall.Sample.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hall against the plainest model there is: a map of rooms, filtered and sorted when asked. */
class HallModelTest {
  private static final Comparator<ListedRoom> NEWEST =
      Comparator.comparing(ListedRoom::liveAt).thenComparing(ListedRoom::id).reversed();
  private static final Comparator<ListedRoom> HOT =
      Comparator.comparing(ListedRoom::heat).reversed().thenComparing(NEWEST);

  private final Map<RoomId, ListedRoom> model = new TreeMap<>();

  @ParameterizedTest
  @CsvSource({"1,12,4000", "2,40,4000", "3,300,3000", "4,3000,1500"})
  void everyViewIsWhatTheModelSays(int seed, int ids, int steps) {
    var random = new Random(seed);
    for (int n = 0; n < ids; n += 2) {
      model.put(id(n), Sample.random(random, n));
    }
    var hall = Hall.of(at(0), model.values());

    for (int step = 1; step <= steps; step++) {
      hall = hall.next(at(step), randomChanges(random, ids, step % 1_000 < 600));

      assertThat(hall.size()).isEqualTo(model.size());
      var id = id(random.nextInt(ids));
      assertThat(hall.find(id)).isSameAs(model.get(id));
      assertViewHolds(hall, randomSort(random), randomTag(random), random.nextInt(1, ids + 2));
    }
  }

  @Test
  void pagesOfEveryLimitGiveTheWholeView() {
    var random = new Random(5);
    for (int n = 0; n < 60; n++) {
      model.put(id(n), Sample.random(random, n));
    }
    var hall = Hall.of(at(0), model.values());

    for (int limit = 1; limit <= 61; limit++) {
      for (var sort : Sort.values()) {
        assertViewHolds(hall, sort, null, limit);
        for (var tag : Sample.TAGS) {
          assertViewHolds(hall, sort, tag, limit);
        }
      }
    }
  }

  @Test
  void anOldHallStaysAsItWas() {
    var random = new Random(6);
    var halls = new ArrayList<Hall>();
    var views = new ArrayList<List<ListedRoom>>();
    var hall = Hall.empty(at(0));

    for (int step = 1; step <= 600; step++) {
      hall = hall.next(at(step), randomChanges(random, 900, step % 300 < 200));
      halls.add(hall);
      views.add(view(step % 2 == 0 ? Sort.HOT : Sort.NEWEST, step % 3 == 0 ? "m" : null));
    }

    for (int step = 1; step <= 600; step++) {
      var sort = step % 2 == 0 ? Sort.HOT : Sort.NEWEST;
      var tag = step % 3 == 0 ? "m" : null;
      var page = halls.get(step - 1).page(new PageQuery(sort, tag, 1_000, null));
      assertSameRooms(page.rooms(), views.get(step - 1));
      assertThat(page.at()).isEqualTo(at(step));
    }
  }

  private List<HallChange> randomChanges(Random random, int ids, boolean isGrowing) {
    var changes = new ArrayList<HallChange>();
    for (int count = random.nextInt(6); count >= 0; count--) {
      int n = random.nextInt(ids);
      if (random.nextInt(10) < (isGrowing ? 8 : 2)) {
        var room = random.nextInt(4) == 0 ? edited(random, n) : Sample.random(random, n);
        changes.add(new HallChange.Put(room));
        model.put(room.id(), room);
      } else {
        changes.add(new HallChange.Remove(id(n)));
        model.remove(id(n));
      }
    }
    return changes;
  }

  /** The same room with another version, where it is listed. */
  private ListedRoom edited(Random random, int n) {
    var old = model.get(id(n));
    return old == null
        ? Sample.random(random, n)
        : new ListedRoom(
            old.id(), old.version() + 1, old.liveAt(), old.heat(), 0, 0, old.tags(), new byte[0]);
  }

  private static Sort randomSort(Random random) {
    return random.nextBoolean() ? Sort.NEWEST : Sort.HOT;
  }

  private static String randomTag(Random random) {
    int tag = random.nextInt(Sample.TAGS.size() + 2);
    return tag == 0 ? "unheard" : tag <= Sample.TAGS.size() ? Sample.TAGS.get(tag - 1) : null;
  }

  private List<ListedRoom> view(Sort sort, String tag) {
    return model.values().stream()
        .filter(room -> tag == null || room.tags().contains(tag))
        .sorted(sort == Sort.HOT ? HOT : NEWEST)
        .toList();
  }

  private void assertViewHolds(Hall hall, Sort sort, String tag, int limit) {
    var expected = view(sort, tag);
    var rooms = new ArrayList<ListedRoom>();
    int pages = 0;
    Cursor cursor = null;
    do {
      var page = hall.page(new PageQuery(sort, tag, limit, cursor));
      assertThat(page.total()).isEqualTo(expected.size());
      assertThat(page.next() == null || page.rooms().size() == limit).isTrue();
      rooms.addAll(page.rooms());
      cursor = page.next() == null ? null : Cursor.parse(page.next().text());
      pages++;
    } while (cursor != null);

    assertSameRooms(rooms, expected);
    assertThat(pages).isEqualTo(Math.max(1, (expected.size() + limit - 1) / limit));
  }

  private static void assertSameRooms(List<ListedRoom> rooms, List<ListedRoom> expected) {
    assertThat(rooms).hasSameSizeAs(expected);
    for (int i = 0; i < rooms.size(); i++) {
      assertThat(rooms.get(i)).isSameAs(expected.get(i));
    }
  }
}
