package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static io.livehall.hall.Sample.id;
import static io.livehall.hall.Sample.room;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.LiveException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HallTest {
  @Test
  void anEmptyHallHasOneEmptyPage() {
    var page = Hall.empty(at(7)).page(new PageQuery(Sort.NEWEST, null, 20, null));

    assertThat(page).isEqualTo(new Page(List.of(), null, 0, at(7)));
    assertThat(Hall.empty(at(7)).find(id(1))).isNull();
  }

  @Test
  void newestOrdersByTimeAndThenById() {
    var hall =
        Hall.of(at(1), List.of(room(1, 10, 9), room(2, 30, 0), room(4, 20, 0), room(3, 20, 5)));

    assertThat(ids(hall, Sort.NEWEST, null)).containsExactly("2", "4", "3", "1");
  }

  @Test
  void hotOrdersByHeatAndThenAsNewest() {
    var hall =
        Hall.of(at(1), List.of(room(1, 10, 9), room(2, 30, 5), room(4, 20, 5), room(3, 20, 5)));

    assertThat(ids(hall, Sort.HOT, null)).containsExactly("1", "2", "4", "3");
  }

  @Test
  void aTagShowsOnlyItsRoomsAndCountsOnlyThem() {
    var hall =
        Hall.of(
            at(1),
            List.of(
                room(1, 1, 0, "a", "b"), room(2, 2, 0, "ab"), room(3, 3, 0, "b"), room(4, 4, 0)));

    assertThat(ids(hall, Sort.NEWEST, "b")).containsExactly("3", "1");
    assertThat(ids(hall, Sort.HOT, "a")).containsExactly("1");
    assertThat(ids(hall, Sort.HOT, "")).isEmpty();
    assertThat(hall.page(new PageQuery(Sort.NEWEST, "b", 1, null)).total()).isEqualTo(2);
    assertThat(hall.page(new PageQuery(Sort.NEWEST, "none", 1, null)).total()).isZero();
    assertThat(hall.page(new PageQuery(Sort.NEWEST, null, 1, null)).total()).isEqualTo(4);
  }

  @Test
  void aTagNamedTwiceListsTheRoomOnce() {
    var hall = Hall.of(at(1), List.of(room(1, 1, 0, "a", "a")));
    var put = hall.next(at(2), List.of(new HallChange.Put(room(2, 2, 0, "a", "a"))));
    var gone = put.next(at(3), List.of(new HallChange.Remove(id(1)), new HallChange.Remove(id(2))));

    assertThat(ids(put, Sort.NEWEST, "a")).containsExactly("2", "1");
    assertThat(ids(gone, Sort.NEWEST, "a")).isEmpty();
  }

  @Test
  void aRoomWithTheSameSortKeysIsReplacedEverywhere() {
    var hall = Hall.of(at(1), List.of(room(1, 5, 2, "a", "b"), room(2, 5, 2, "a", "b")));
    var edited = new ListedRoom(id(1), 2, 5, 2, 0, 0, List.of("b", "a"), new byte[] {1});

    var next = hall.next(at(2), List.of(new HallChange.Put(edited)));

    assertThat(next.find(id(1))).isSameAs(edited);
    for (var sort : Sort.values()) {
      for (var tag : new String[] {null, "a", "b"}) {
        var rooms = next.page(new PageQuery(sort, tag, 9, null)).rooms();
        assertThat(rooms).hasSize(2);
        assertThat(rooms.get(1)).isSameAs(edited);
      }
    }
  }

  @Test
  void aRoomThatChangesItsTagsLeavesTheOldOnes() {
    var hall = Hall.of(at(1), List.of(room(1, 5, 2, "a", "b")));

    var next = hall.next(at(2), List.of(new HallChange.Put(room(1, 5, 2, "b", "c"))));

    assertThat(ids(next, Sort.NEWEST, "a")).isEmpty();
    assertThat(ids(next, Sort.HOT, "b")).containsExactly("1");
    assertThat(ids(next, Sort.HOT, "c")).containsExactly("1");
  }

  @Test
  void changesOfOneBatchAreMadeInTheirOrder() {
    var changes =
        List.<HallChange>of(
            new HallChange.Put(room(1, 1, 0, "a")),
            new HallChange.Remove(id(1)),
            new HallChange.Put(room(1, 9, 3, "b")),
            new HallChange.Remove(id(8)));

    var next = Hall.empty(at(1)).next(at(5), changes);

    assertThat(next.size()).isEqualTo(1);
    assertThat(next.at()).isEqualTo(at(5));
    assertThat(ids(next, Sort.NEWEST, "a")).isEmpty();
    assertThat(ids(next, Sort.HOT, "b")).containsExactly("1");
  }

  @Test
  void noChangesMoveOnlyThePosition() {
    var hall = Hall.of(at(1), List.of(room(1, 5, 2)));

    assertThat(hall.next(at(2), List.of()).at()).isEqualTo(at(2));
    assertThat(hall.at()).isEqualTo(at(1));
    assertThat(hall.next(at(2), List.of()).size()).isEqualTo(1);
  }

  @Test
  void ofRoomsWithTheSameIdTheLastCounts() {
    var last = room(1, 9, 0, "b");
    var hall = Hall.of(at(1), List.of(room(1, 1, 0, "a"), room(2, 2, 0), last));

    assertThat(hall.size()).isEqualTo(2);
    assertThat(hall.find(id(1))).isSameAs(last);
    assertThat(ids(hall, Sort.NEWEST, null)).containsExactly("1", "2");
    assertThat(ids(hall, Sort.NEWEST, "a")).isEmpty();
  }

  @Test
  void aPageThatIsExactlyFullIsTheLastWhenNothingFollows() {
    var hall = Hall.of(at(1), List.of(room(1, 1, 0, "a"), room(2, 2, 0, "a"), room(3, 3, 0)));

    assertThat(hall.page(new PageQuery(Sort.NEWEST, "a", 2, null)).next()).isNull();
    assertThat(hall.page(new PageQuery(Sort.NEWEST, null, 3, null)).next()).isNull();
    assertThat(hall.page(new PageQuery(Sort.HOT, null, Integer.MAX_VALUE, null)).next()).isNull();
    assertThat(hall.page(new PageQuery(Sort.NEWEST, null, 2, null)).next()).isNotNull();
  }

  @Test
  void aCursorPastTheEndGivesAnEmptyLastPage() {
    var hall = Hall.of(at(1), List.of(room(1, 1, 0), room(2, 2, 0)));
    var cursor = hall.page(new PageQuery(Sort.NEWEST, null, 1, null)).next();

    var later = hall.next(at(2), List.of(new HallChange.Remove(id(1))));

    var page = later.page(new PageQuery(Sort.NEWEST, null, 1, cursor));
    assertThat(page).isEqualTo(new Page(List.of(), null, 1, at(2)));
  }

  @Test
  void aPageOfNoRoomsIsRefused() {
    assertThatThrownBy(() -> new PageQuery(Sort.NEWEST, null, 0, null))
        .isInstanceOf(LiveException.class)
        .hasMessageContaining("limit");
  }

  private static List<String> ids(Hall hall, Sort sort, String tag) {
    var ids = new ArrayList<String>();
    for (var room : hall.page(new PageQuery(sort, tag, 100, null)).rooms()) {
      ids.add(room.id().value().replaceFirst("r0*", ""));
    }
    return ids;
  }
}
