package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static io.livehall.hall.Sample.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody scrolls through the list while rooms come and go. */
class HallWalkTest {
  private static final int IDS = 1_500;

  /** A room keeps its time and tags for as long as it lives, also when it comes back. */
  private final List<ListedRoom> rooms = new ArrayList<>();

  private final Map<RoomId, ListedRoom> listed = new HashMap<>();
  private final Set<RoomId> wereAway = new HashSet<>();
  private Hall hall = Hall.empty(at(0));

  @BeforeEach
  void fillHalf() {
    var random = new Random(1);
    for (int n = 0; n < IDS; n++) {
      rooms.add(Sample.random(random, n));
      if (random.nextBoolean()) {
        listed.put(id(n), rooms.get(n));
      }
    }
    hall = Hall.of(at(0), listed.values());
  }

  @ParameterizedTest
  @CsvSource({"NEWEST,,7", "NEWEST,,20", "NEWEST,m,3", "HOT,,7", "HOT,music,5", "NEWEST,,1"})
  void noRoomIsRepeatedAndNoneThatStayedIsSkipped(Sort sort, String tag, int limit) {
    for (int seed = 0; seed < 10; seed++) {
      var random = new Random(seed);
      wereAway.clear();
      rooms.stream()
          .map(ListedRoom::id)
          .filter(id -> !listed.containsKey(id))
          .forEach(wereAway::add);

      var seen = walk(random, new PageQuery(sort, tag, limit, null));

      assertThat(seen).doesNotHaveDuplicates();
      var stayed =
          rooms.stream()
              .filter(room -> !wereAway.contains(room.id()))
              .filter(room -> tag == null || room.tags().contains(tag))
              .map(ListedRoom::id)
              .toList();
      assertThat(stayed).isNotEmpty();
      assertThat(new HashSet<>(seen)).containsAll(stayed);
    }
  }

  private List<RoomId> walk(Random random, PageQuery first) {
    var seen = new ArrayList<RoomId>();
    var query = first;
    while (true) {
      var page = hall.page(query);
      page.rooms().forEach(room -> seen.add(room.id()));
      if (page.next() == null) {
        return seen;
      }
      // The room that the cursor names is the first to go, every second time.
      change(random, random.nextBoolean() ? page.next().id() : null);
      query = new PageQuery(query.sort(), query.tag(), query.limit(), page.next());
    }
  }

  private void change(Random random, RoomId first) {
    var changes = new ArrayList<HallChange>();
    if (first != null) {
      changes.add(removal(first));
    }
    for (int count = random.nextInt(4); count > 0; count--) {
      var room = rooms.get(random.nextInt(IDS));
      if (random.nextInt(3) == 0) {
        changes.add(removal(room.id()));
      } else {
        changes.add(new HallChange.Put(room));
        listed.put(room.id(), room);
      }
    }
    hall = hall.next(at(hall.at().seq() + 1), changes);
  }

  private HallChange removal(RoomId id) {
    listed.remove(id);
    wereAway.add(id);
    return new HallChange.Remove(id);
  }
}
