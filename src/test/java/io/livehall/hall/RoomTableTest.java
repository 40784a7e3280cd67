package io.livehall.hall;

import static io.livehall.hall.Sample.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomTableTest {
  @ParameterizedTest
  @ValueSource(ints = {40, 600, 5_000})
  void behavesLikeAMapUnderRandomBatches(int ids) {
    var random = new Random(ids);
    var model = new HashMap<RoomId, ListedRoom>();
    var table = RoomTable.of(List.of());

    for (int batch = 0; batch < 120; batch++) {
      var before = table;
      var wasBefore = Map.copyOf(model);
      // It grows beyond its pages, then shrinks to nothing, and so again.
      boolean isGrowing = batch % 40 < 20;
      var edit = table.edit();
      for (int i = 0; i < ids / 8; i++) {
        var room = Sample.random(random, random.nextInt(ids));
        if (random.nextInt(10) < (isGrowing ? 9 : 2)) {
          assertThat(edit.put(room)).isSameAs(model.put(room.id(), room));
        } else {
          assertThat(edit.remove(room.id())).isSameAs(model.remove(room.id()));
        }
      }
      table = edit.done();
      assertSame(table, model, ids);
      assertSame(before, wasBefore, ids);
    }
    var edit = table.edit();
    model.keySet().forEach(edit::remove);
    assertSame(edit.done(), Map.of(), ids);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 128, 129, 256, 257, 512, 3_000})
  void holdsAnyNumberOfRooms(int count) {
    var rooms = IntStream.range(0, count).mapToObj(n -> Sample.room(n, 0, 0)).toList();
    var byId = new HashMap<RoomId, ListedRoom>();
    rooms.forEach(room -> byId.put(room.id(), room));

    assertSame(RoomTable.of(rooms), byId, count + 3);
  }

  /** Ids that all belong to one page, as chance will hardly have it. */
  @Test
  void pageThatIsFullMakesTheTableLarger() {
    var rooms =
        IntStream.range(0, 200_000)
            .mapToObj(n -> Sample.room(n, 0, 0))
            .filter(room -> room.id().hashCode() % (8 * RoomTable.PAGE) / RoomTable.PAGE == 3)
            .limit(2 * RoomTable.PAGE)
            .toList();
    assertThat(rooms).hasSize(2 * RoomTable.PAGE);
    var edit = RoomTable.of(List.of()).edit();
    var byId = new HashMap<RoomId, ListedRoom>();

    rooms.forEach(edit::put);
    rooms.forEach(room -> byId.put(room.id(), room));

    RoomTable table = edit.done();
    assertThat(table.size()).isEqualTo(rooms.size());
    byId.forEach((id, room) -> assertThat(table.find(id)).isSameAs(room));
  }

  @Test
  void partsAreAllRoomsAndNoneTwiceAndAboutAlike() {
    var rooms = IntStream.range(0, 10_000).mapToObj(n -> Sample.room(n, 0, 0)).toList();
    var table = RoomTable.of(rooms);

    for (int parts : new int[] {1, 2, 7, 40}) {
      var seen = new ArrayList<ListedRoom>();
      for (int part = 0; part < parts; part++) {
        var some = table.part(part, parts);
        assertThat(some.size()).isBetween(7_000 / parts, 13_000 / parts);
        seen.addAll(some);
      }
      assertThat(seen).hasSize(10_000);
      assertThat(new HashSet<>(seen)).hasSize(10_000);
    }
    assertThat(RoomTable.of(rooms.subList(0, 3)).part(0, 1_000)).hasSizeLessThan(2);
  }

  private static void assertSame(RoomTable table, Map<RoomId, ListedRoom> model, int ids) {
    assertThat(table.size()).isEqualTo(model.size());
    for (int n = 0; n < ids; n++) {
      assertThat(table.find(id(n))).isSameAs(model.get(id(n)));
      assertThat(table.has(id(n))).isEqualTo(model.containsKey(id(n)));
    }
    assertThat(table.part(0, 1)).containsExactlyInAnyOrderElementsOf(model.values());
  }
}
