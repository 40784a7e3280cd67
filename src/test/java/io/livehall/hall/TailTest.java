package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static io.livehall.hall.Sample.id;
import static io.livehall.hall.Sample.room;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomNews;
import io.livehall.hall.Delta.Why;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TailTest {
  private static final View NEWEST = new View(Sort.NEWEST, null, 20);
  private static final List<View> BY_NEWEST =
      Evening.VIEWS.stream().filter(view -> view.sort() == Sort.NEWEST).toList();

  @ParameterizedTest
  @CsvSource({"400,1000", "410,400", "420,37", "430,8", "440,2", "450,1"})
  void tellsEveryViewAsItWas(int seed, int entriesMax) {
    for (int evenings = 0; evenings < 5; evenings++) {
      var evening = new Evening(seed + evenings);
      var tail = new Tail(entriesMax);
      long cleared = evening.beginSeq;
      while (evening.now().at().seq() < evening.beginSeq + 400) {
        passOn(evening, tail);
        if (evening.random.nextInt(300) == 0) {
          tail.clear();
          cleared = evening.now().at().seq();
        }
        if (evening.random.nextInt(6) == 0) {
          long oldest = Math.max(cleared, evening.now().at().seq() - entriesMax);
          assertTells(evening, tail, oldest);
        }
      }
    }
  }

  @Test
  void whoComesBackIsToldWhatHeMissed() {
    for (int seed = 500; seed < 510; seed++) {
      var evening = new Evening(seed);
      var tail = new Tail(1_000);
      while (evening.now().at().seq() < evening.beginSeq + 300) {
        passOn(evening, tail);
        var view = BY_NEWEST.get(evening.random.nextInt(BY_NEWEST.size()));
        long since = evening.randomSeq(evening.beginSeq, evening.now().at().seq());
        if (tail.reaches(since)) {
          assertComesBack(evening, tail, view, since);
        }
      }
    }
  }

  @Test
  void tellsFromAnOlderListThanItsNewestEntryToo() {
    for (int seed = 520; seed < 530; seed++) {
      var evening = new Evening(seed);
      var tail = new Tail(200);
      while (evening.now().at().seq() < evening.beginSeq + 200) {
        passOn(evening, tail);
      }
      for (var view : BY_NEWEST) {
        long seq = evening.randomSeq(evening.beginSeq, evening.now().at().seq());
        var older = evening.at(evening.randomSeq(seq, evening.now().at().seq()));
        assertSame(tail.before(older, view, seq), view.of(evening.at(seq)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 64})
  void knowsOfARoomWhatTheEntriesSay(int entriesMax) {
    var random = new Random(entriesMax);
    var tail = new Tail(entriesMax);
    var model = new ArrayDeque<RoomNews>();
    for (long seq = 1; seq <= 2_000; seq++) {
      // Rooms that close and come back do not exist, but the tail does not build on that.
      var event = RoomEvent.values()[random.nextInt(RoomEvent.values().length)];
      var entry = entry(seq, event, random.nextInt(12));
      tail.add(entry, null);
      model.add(entry);
      if (model.size() > entriesMax) {
        model.remove();
      }
      if (random.nextInt(500) == 0) {
        tail.clear();
        model.clear();
      }
      assertKnows(tail, model, seq - random.nextInt(-2, 2 * entriesMax + 2));
    }
  }

  @Test
  void reachesNothingWhileItIsEmpty() {
    var tail = new Tail(3);
    var hall = Hall.of(at(7), List.of(room(1, 1, 0)));

    assertThat(tail.reaches(7)).isFalse();
    assertThat(tail.before(hall, NEWEST, 7)).isNull();
    assertThat(tail.hasClosed(id(1), 0)).isFalse();
    assertThat(tail.latest(id(1))).isNull();
  }

  @Test
  void doesNotTellOfAListBeyondItsNewestEntry() {
    var tail = new Tail(3);
    tail.add(entry(7, RoomEvent.CLOSED, 1), null);

    assertThat(tail.before(Hall.empty(at(7)), NEWEST, 6)).isNotNull();
    assertThat(tail.before(Hall.empty(at(8)), NEWEST, 6)).isNull();
    assertThat(tail.before(Hall.empty(at(6)), NEWEST, 7)).isNull();
  }

  @Test
  void tellsUpToItsBoundOfChangedRoomsAndNoFurther() {
    var rooms = new ArrayList<ListedRoom>();
    for (int n = 0; n <= Tail.CHANGES_MAX + 5; n++) {
      rooms.add(room(n, n % 50, 0));
    }
    var all = Hall.of(at(0), rooms);
    var withoutFirst = all.next(at(1), List.of(new HallChange.Remove(id(0))));
    var tail = new Tail(10_000);
    var changes = new ArrayList<HallChange>();
    for (int n = 0; n <= Tail.CHANGES_MAX; n++) {
      tail.add(entry(n + 1, RoomEvent.CLOSED, n), rooms.get(n));
      changes.add(new HallChange.Remove(id(n)));
    }
    var now = all.next(at(changes.size()), changes);

    assertSame(tail.before(now, NEWEST, 1), NEWEST.of(withoutFirst));
    assertThat(tail.before(now, NEWEST, 0)).isNull();
  }

  @Test
  void manyEntriesOfFewRoomsAreFewChanges() {
    var tail = new Tail(3 * Tail.CHANGES_MAX);
    var first = room(1, 1, 0);
    var hall = Hall.of(at(3L * Tail.CHANGES_MAX), List.of(first));
    for (long seq = 1; seq <= hall.at().seq(); seq++) {
      tail.add(entry(seq, RoomEvent.EDITED, 1), seq == 1 ? null : first);
    }

    assertSame(tail.before(hall, NEWEST, 0), NEWEST.of(Hall.empty(at(0))));
  }

  @Test
  void anEntryAfterAGapIsRefusedUnlessItIsTheFirst() {
    var tail = new Tail(3);
    tail.add(entry(7, RoomEvent.CLOSED, 1), null);

    for (long seq : new long[] {6, 7, 9}) {
      var entry = entry(seq, RoomEvent.CLOSED, 2);
      assertThatThrownBy(() -> tail.add(entry, null)).isInstanceOf(IllegalArgumentException.class);
    }
    tail.clear();
    tail.add(entry(99, RoomEvent.CLOSED, 3), null);

    assertThat(tail.reaches(98)).isTrue();
    assertThat(tail.reaches(97)).isFalse();
    assertThat(tail.hasClosed(id(1), 0)).isFalse();
  }

  @Test
  void aTailOfNothingIsRefused() {
    assertThatThrownBy(() -> new Tail(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void passOn(Evening evening, Tail tail) {
    long seq = evening.now().at().seq() + 1;
    evening.passOn();
    if (evening.now().at().seq() == seq) {
      tail.add(evening.entry(seq), evening.before(seq));
    }
  }

  private static void assertTells(Evening evening, Tail tail, long oldest) {
    var now = evening.now();
    long newest = now.at().seq();
    for (var view : Evening.VIEWS) {
      long seq = evening.randomSeq(Math.max(evening.beginSeq, oldest - 3), newest + 2);
      boolean isReached = oldest < newest && seq >= oldest && seq <= newest;
      assertThat(tail.reaches(seq)).isEqualTo(isReached);
      var page = tail.before(now, view, seq);
      if (isReached && view.sort() == Sort.NEWEST) {
        assertSame(page, view.of(evening.at(seq)));
      } else {
        assertThat(page).isNull();
      }
    }
  }

  private static void assertComesBack(Evening evening, Tail tail, View view, long since) {
    var after = view.of(evening.now());
    var before = tail.before(evening.now(), view, since);
    var delta = Delta.between(before, after, id -> tail.hasClosed(id, since));

    var client = ClientView.of(view.of(evening.at(since)));
    assertThat(client.take(delta)).isTrue();
    client.assertShows(after);
    for (var gone : delta.gone()) {
      boolean isClosed = evening.isClosed(gone.id(), after.at().seq());
      assertThat(gone.why()).isEqualTo(isClosed ? Why.CLOSED : Why.LEFT);
    }
  }

  /** The counters aside: how they were is not in the log. */
  private static void assertSame(Page page, Page expected) {
    assertThat(page.total()).isEqualTo(expected.total());
    assertThat(page.at()).isEqualTo(expected.at());
    assertThat(page.next()).isEqualTo(expected.next());
    assertThat(uncounted(page)).isEqualTo(uncounted(expected));
    assertThat(page.hash()).isEqualTo(expected.hash());
  }

  private static List<ListedRoom> uncounted(Page page) {
    return page.rooms().stream().map(room -> Evening.counted(room, 0, 0)).toList();
  }

  private static void assertKnows(Tail tail, Collection<RoomNews> model, long since) {
    for (int n = 0; n < 12; n++) {
      var id = id(n);
      var ofRoom = model.stream().filter(news -> news.room().id().equals(id)).toList();
      assertThat(tail.latest(id)).isSameAs(ofRoom.isEmpty() ? null : ofRoom.get(ofRoom.size() - 1));
      assertThat(tail.hasClosed(id, since))
          .isEqualTo(
              ofRoom.stream()
                  .anyMatch(news -> news.event() == RoomEvent.CLOSED && news.seq() > since));
    }
  }

  private static RoomNews entry(long seq, RoomEvent event, int n) {
    return new RoomNews(seq, event, Instant.EPOCH, Evening.opened(n, List.of()));
  }
}
