package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static io.livehall.hall.Sample.id;
import static io.livehall.hall.Sample.room;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.Position;
import io.livehall.hall.Delta.Gone;
import io.livehall.hall.Delta.Why;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaTest {
  private static final View TWO_NEWEST = new View(Sort.NEWEST, null, 2);

  @ParameterizedTest
  @CsvSource({"0,400,60", "50,40,20", "100,3,3"})
  void aDeltaMakesOnePageOutOfTheOther(int seed, int entries, int pairs) {
    for (int evenings = 0; evenings < 8; evenings++) {
      var evening = Evening.of(seed + evenings, entries);
      for (int pair = 0; pair < pairs; pair++) {
        long end = evening.now().at().seq();
        long a = evening.randomSeq(evening.beginSeq, end);
        long b = evening.randomSeq(a, end);
        for (var view : Evening.VIEWS) {
          assertLeadsFromTo(evening, view.of(evening.at(a)), view.of(evening.at(b)));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"200,400,60", "250,40,20"})
  void twoDeltasLeadWhereOneOverBothLeads(int seed, int entries, int triples) {
    for (int evenings = 0; evenings < 8; evenings++) {
      var evening = Evening.of(seed + evenings, entries);
      for (int triple = 0; triple < triples; triple++) {
        long end = evening.now().at().seq();
        long a = evening.randomSeq(evening.beginSeq, end);
        long b = evening.randomSeq(a, end);
        long c = evening.randomSeq(b, end);
        for (var view : Evening.VIEWS) {
          assertMerges(evening, view, new long[] {a, b, c});
        }
      }
    }
  }

  @Test
  void aRoomThatIsPushedDownLeavesAndIsNotClosed() {
    var before = Hall.of(at(1), List.of(room(1, 1, 0), room(2, 2, 0)));
    var after = before.next(at(2), List.of(new HallChange.Put(room(3, 3, 0))));

    var delta = Delta.between(TWO_NEWEST.of(before), TWO_NEWEST.of(after), id -> false);

    assertThat(delta)
        .isEqualTo(
            new Delta(
                1,
                2,
                3,
                List.of(after.find(id(3))),
                List.of(new Gone(id(1), Why.LEFT)),
                List.of(id(3), id(2))));
  }

  @Test
  void theRoomBelowComesUpForOneThatClosed() {
    var before = Hall.of(at(1), List.of(room(1, 1, 0), room(2, 2, 0), room(3, 3, 0)));
    var after = before.next(at(2), List.of(new HallChange.Remove(id(3))));

    var delta = Delta.between(TWO_NEWEST.of(before), TWO_NEWEST.of(after), id(3)::equals);

    assertThat(delta)
        .isEqualTo(
            new Delta(
                1,
                2,
                2,
                List.of(before.find(id(1))),
                List.of(new Gone(id(3), Why.CLOSED)),
                List.of(id(2), id(1))));
  }

  @Test
  void anEditedRoomComesWithoutAnOrder() {
    var before = Hall.of(at(1), List.of(room(1, 1, 0), room(2, 2, 0)));
    var edited = new ListedRoom(id(1), 2, 1, 0, 0, 0, List.of(), new byte[] {1});
    var after = before.next(at(2), List.of(new HallChange.Put(edited)));

    var delta = Delta.between(TWO_NEWEST.of(before), TWO_NEWEST.of(after), id -> false);

    assertThat(delta).isEqualTo(new Delta(1, 2, 2, List.of(edited), List.of(), null));
    assertThat(delta.changes(TWO_NEWEST.of(before))).isTrue();
  }

  @Test
  void roomsThatOnlyChangePlacesAreNotSentAgain() {
    var view = new View(Sort.HOT, null, 9);
    var before = Hall.of(at(1), List.of(room(1, 1, 5), room(2, 2, 3)));
    var after = before.next(at(1), List.of(new HallChange.Put(room(2, 2, 8))));

    var delta = Delta.between(view.of(before), view.of(after), id -> false);

    assertThat(delta).isEqualTo(new Delta(1, 1, 2, List.of(), List.of(), List.of(id(2), id(1))));
    assertThat(delta.changes(view.of(before))).isTrue();
  }

  @Test
  void aRoomBelowThePageChangesOnlyTheTotal() {
    var before = Hall.of(at(1), List.of(room(1, 8, 0), room(2, 9, 0)));
    var after = before.next(at(2), List.of(new HallChange.Put(room(3, 3, 0))));

    var delta = Delta.between(TWO_NEWEST.of(before), TWO_NEWEST.of(after), id -> false);

    assertThat(delta).isEqualTo(new Delta(1, 2, 3, List.of(), List.of(), null));
    assertThat(delta.changes(TWO_NEWEST.of(before))).isTrue();
  }

  @Test
  void thereIsNothingToTellOfAnotherPositionOrOtherCounters() {
    var before = Hall.of(at(1), List.of(room(1, 1, 0), room(2, 2, 0)));
    var counted = Evening.counted(room(1, 1, 0), 7, 8);
    var after = before.next(at(5), List.of(new HallChange.Put(counted)));

    var delta = Delta.between(TWO_NEWEST.of(before), TWO_NEWEST.of(after), id -> false);

    assertThat(delta).isEqualTo(new Delta(1, 5, 2, List.of(), List.of(), null));
    assertThat(delta.changes(TWO_NEWEST.of(before))).isFalse();
  }

  @Test
  void pagesOfTwoLogsAreRefused() {
    var before = TWO_NEWEST.of(Hall.empty(at(1)));
    var after = TWO_NEWEST.of(Hall.empty(new Position("m7q2", 2)));

    assertThatThrownBy(() -> Delta.between(before, after, id -> false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertLeadsFromTo(Evening evening, Page before, Page after) {
    var delta = Delta.between(before, after, id -> evening.isClosed(id, after.at().seq()));

    var client = ClientView.of(before);
    assertThat(client.take(delta)).isTrue();
    client.assertShows(after);
    client.apply(delta);
    client.assertShows(after);

    assertIsNoMoreThanNeeded(delta, before, after);
    for (var gone : delta.gone()) {
      boolean isClosed = evening.isClosed(gone.id(), after.at().seq());
      assertThat(gone.why()).isEqualTo(isClosed ? Why.CLOSED : Why.LEFT);
    }
  }

  private static void assertIsNoMoreThanNeeded(Delta delta, Page before, Page after) {
    var held = new HashSet<>(Sample.idsAndVersions(before.rooms()));
    var missing = new HashSet<>(Sample.idsAndVersions(after.rooms()));
    missing.removeAll(held);
    assertThat(Sample.idsAndVersions(delta.up())).containsExactlyInAnyOrderElementsOf(missing);

    var idsBefore = before.rooms().stream().map(ListedRoom::id).toList();
    var idsAfter = after.rooms().stream().map(ListedRoom::id).toList();
    var idsGone = new ArrayList<>(idsBefore);
    idsGone.removeAll(idsAfter);
    assertThat(delta.gone().stream().map(Gone::id).toList()).isEqualTo(idsGone);
    assertThat(delta.order() == null).isEqualTo(idsBefore.equals(idsAfter));

    boolean isSame =
        before.total() == after.total()
            && Sample.idsAndVersions(before.rooms()).equals(Sample.idsAndVersions(after.rooms()));
    assertThat(delta.changes(before)).isEqualTo(!isSame);
  }

  private static void assertMerges(Evening evening, View view, long[] seqs) {
    var a = view.of(evening.at(seqs[0]));
    var b = view.of(evening.at(seqs[1]));
    var c = view.of(evening.at(seqs[2]));

    var client = ClientView.of(a);
    assertThat(client.take(Delta.between(a, b, id -> false))).isTrue();
    assertThat(client.take(Delta.between(b, c, id -> false))).isTrue();
    var skipped = ClientView.of(a);
    assertThat(skipped.take(Delta.between(a, c, id -> false))).isTrue();

    client.assertShows(c);
    skipped.assertShows(c);
  }
}
