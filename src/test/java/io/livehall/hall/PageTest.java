package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static io.livehall.hall.Sample.id;
import static io.livehall.hall.Sample.room;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final View ALL = new View(Sort.HOT, null, 9);

  private final Hall hall =
      Hall.of(at(1), List.of(room(1, 1, 5), room(2, 2, 3), room(3, 3, 1, "music")));
  private final Page page = ALL.of(hall);

  @Test
  void twoPagesHaveTheSameHashOnlyIfTheyShowTheSame() {
    for (int seed = 300; seed < 308; seed++) {
      var evening = Evening.of(seed, 300);
      for (var view : Evening.VIEWS) {
        var shownByHash = new HashMap<String, List<String>>();
        for (long seq = evening.beginSeq; seq <= evening.now().at().seq(); seq++) {
          var page = view.of(evening.at(seq));
          var shown = Sample.idsAndVersions(page.rooms());
          var sameHash = shownByHash.putIfAbsent(page.hash(), shown);
          assertThat(sameHash == null || sameHash.equals(shown)).isTrue();
        }
      }
    }
  }

  @Test
  void countersAreThoseOfNow() {
    var counted = Evening.counted(hall.find(id(2)), 40, 50);
    var now = hall.next(at(2), List.of(new HallChange.Put(counted)));

    var told = page.counted(now);

    // It would be the hottest now, but where it stands is told by a delta.
    assertThat(told.rooms()).containsExactly(hall.find(id(1)), counted, hall.find(id(3)));
    assertThat(told).isEqualTo(new Page(told.rooms(), page.next(), 3, at(1)));
  }

  @Test
  void aPageIsTheSameWhileNoCounterDiffers() {
    var hotter = new ListedRoom(id(3), 1, 3, 99, 0, 0, List.of("music"), new byte[0]);

    assertThat(page.counted(hall)).isSameAs(page);
    assertThat(page.counted(hall.next(at(2), List.of()))).isSameAs(page);
    assertThat(page.counted(hall.next(at(2), List.of(new HallChange.Put(hotter))))).isSameAs(page);
  }

  @Test
  void viewersAloneAndLikesAloneAreToldToo() {
    var viewed = Evening.counted(hall.find(id(1)), 1, 0);
    var liked = Evening.counted(hall.find(id(1)), 0, 1);

    var afterViewed = hall.next(at(1), List.of(new HallChange.Put(viewed)));
    var afterLiked = hall.next(at(1), List.of(new HallChange.Put(liked)));

    assertThat(page.counted(afterViewed).rooms().get(0)).isSameAs(viewed);
    assertThat(page.counted(afterLiked).rooms().get(0)).isSameAs(liked);
  }

  @Test
  void aRoomThatIsGoneOrHasAnotherVersionKeepsItsCounters() {
    var edited = new ListedRoom(id(1), 2, 1, 5, 7, 7, List.of(), new byte[0]);
    var now = hall.next(at(3), List.of(new HallChange.Put(edited), new HallChange.Remove(id(2))));

    assertThat(page.counted(now)).isSameAs(page);
  }

  @Test
  void countingTwiceIsCountingOnce() {
    for (int seed = 0; seed < 10; seed++) {
      var evening = Evening.of(seed, 150);
      for (int pair = 0; pair < 20; pair++) {
        long end = evening.now().at().seq();
        long a = evening.randomSeq(evening.beginSeq, end);
        var now = evening.at(evening.randomSeq(a, end));
        for (var view : Evening.VIEWS) {
          assertCountedAsIn(now, view.of(evening.at(a)));
        }
      }
    }
  }

  @Test
  void whoTakesTheCountersBeforeTheDeltaShowsThoseOfNow() {
    for (int seed = 320; seed < 324; seed++) {
      var evening = Evening.of(seed, 150);
      for (var view : Evening.VIEWS) {
        var told = view.of(evening.at(evening.beginSeq));
        var client = ClientView.of(told);
        for (long seq = told.at().seq(); seq <= evening.now().at().seq(); seq++) {
          var counted = told.counted(evening.at(seq));
          var after = view.of(evening.at(seq));
          counted.rooms().forEach(room -> client.count(room.id(), room.viewers(), room.likes()));
          assertThat(client.take(Delta.between(counted, after, id -> false))).isTrue();
          assertShowsCounters(client, after);
          told = after;
        }
      }
    }
  }

  private static void assertShowsCounters(ClientView client, Page page) {
    client.assertShows(page);
    for (int i = 0; i < page.rooms().size(); i++) {
      assertThat(hasCountersOf(client.rooms().get(i), page.rooms().get(i))).isTrue();
    }
  }

  private static void assertCountedAsIn(Hall now, Page page) {
    var counted = page.counted(now);

    assertThat(counted.hash()).isEqualTo(page.hash());
    assertThat(counted.counted(now)).isSameAs(counted);
    for (var room : counted.rooms()) {
      var listed = now.find(room.id());
      boolean isComparable = listed != null && listed.version() == room.version();
      assertThat(!isComparable || hasCountersOf(listed, room)).isTrue();
    }
  }

  private static boolean hasCountersOf(ListedRoom a, ListedRoom b) {
    return a.viewers() == b.viewers() && a.likes() == b.likes();
  }
}
