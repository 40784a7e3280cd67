package io.livehall.service;

import static io.livehall.TestStores.await;
import static io.livehall.service.CountingStage.enter;
import static io.livehall.service.CountingStage.of;
import static io.livehall.service.CountingStage.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.Heat;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.Viewer;
import io.livehall.service.port.TallyStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of the counters, and what is kept of them for good. */
class TallyRoundsTest {
  private final CountingStage stage = new CountingStage();
  private final RoomId room = stage.open();

  @Test
  void whatHasMovedIsToldOnce() {
    stage.like(room, "ada", 20);
    stage.visit(room, enter("ada"));

    assertThat(stage.counting.untold()).isEqualTo(1);
    Tallies told = stage.on(stage.counting::tallies);

    assertThat(told.rooms()).containsExactly(new RoomTally(room, 1, 20, Heat.of(1, 20)));
    assertThat(stage.on(stage.counting::tallies).rooms()).isEmpty();
  }

  @Test
  void keptIsWhatWasCounted() {
    stage.like(room, "ada", 20);
    stage.visit(room, enter("ada"));
    stage.visit(room, enter("bob"));
    stage.on(stage.counting::tallies);

    stage.on(stage.counting::keep);

    assertThat(stage.kept(room)).isEqualTo(new Tally(2, 20, 2, 2)).isEqualTo(stage.counted(room));
  }

  @Test
  void whatChangesWhileTheRestIsKeptHasItsTurnTheNextTime() {
    var saving = new BusyTallies();
    Counting counting = stage.node(stage.counters, saving, stage.listing);
    LikeCounter likes = stage.likes(stage.counters, saving, counting);
    saving.meanwhile = () -> like(likes, "bob").compose(liked -> counting.tallies());
    stage.on(() -> like(likes, "ada").compose(liked -> counting.tallies()));

    stage.on(counting::keep);
    assertThat(saving.saved).containsExactly(Map.of(room, new Tally(0, 1, 0, 0)));
    stage.on(counting::keep);

    assertThat(saving.saved).hasSize(2).last().isEqualTo(Map.of(room, new Tally(0, 2, 0, 0)));
  }

  @Test
  void allThatChangedIsKeptHoweverManyRoomsTheyAre() {
    Map<RoomId, Tally> many = new HashMap<>();
    IntStream.range(0, 2_500).forEach(i -> many.put(RoomId.random(), new Tally(0, i, 0, 0)));
    await(stage.counters.raise(many));
    var saving = new BusyTallies();
    Counting counting = stage.node(stage.counters, saving, stage.listing);
    Map<RoomId, Long> shown = new HashMap<>();
    many.keySet().forEach(id -> shown.put(id, 0L));
    CountingStage.show(stage.listing, shown);
    for (int i = 0; i < 11; i++) { // at most about 250 with each
      stage.on(() -> counting.around(3));
    }

    stage.on(counting::keep);

    assertThat(saving.saved).hasSize(10).extracting(Map::size).containsOnly(250);
    Map<RoomId, Tally> all = new HashMap<>();
    saving.saved.forEach(all::putAll);
    assertThat(all).isEqualTo(many);
  }

  @Test
  void whatADeadNodeCountedIsFoundAndKeptByAnother() {
    stage.like(room, "ada", 20);
    var listing = new Listing();
    CountingStage.show(listing, Map.of(room, 0L));
    Counting other = stage.node(listing);

    Tallies told = stage.on(() -> other.around(1));
    stage.on(other::keep);

    assertThat(told.rooms()).extracting(RoomTally::likes).containsExactly(20L);
    assertThat(stage.kept(room).likes()).isEqualTo(20);
  }

  @Test
  void allRoomsAreSeenInSoManyCalls() {
    Map<RoomId, Long> shown = new HashMap<>();
    for (int i = 0; i < 7; i++) {
      RoomId one = RoomId.random();
      shown.put(one, 0L);
      await(stage.counters.raise(Map.of(one, Tally.ZERO)));
    }
    CountingStage.show(stage.listing, shown);

    List<RoomId> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      stage.on(() -> stage.counting.around(3)).rooms().forEach(tally -> seen.add(tally.room()));
    }

    assertThat(seen).containsExactlyInAnyOrderElementsOf(shown.keySet());
  }

  @Test
  void listThatIsNotLoadedIsNotGoneRound() {
    assertThat(stage.on(() -> stage.counting.around(1)).rooms()).isEmpty();
  }

  @Test
  void countersThatWereShownAreNotTakenBack() {
    stage.like(room, "ada", 5);
    stage.show(room, 42);

    stage.on(() -> stage.counting.around(1));

    assertThat(stage.on(() -> stage.counting.around(1)).rooms())
        .extracting(RoomTally::likes)
        .containsExactly(42L);
  }

  @Test
  void allWhoseLeaseRanOutAreTakenOutAndSomeOfThemNamed() {
    var all = IntStream.range(0, 250).mapToObj(i -> new Counter.Visit(room, enter("u" + i)));
    stage.on(() -> stage.counting.visit(new Counter.Visits(all.toList())));
    stage.counting.presence();
    IntStream.range(0, 249).forEach(i -> lapse("u" + i, i + 1));
    stage.show(room, 0);

    assertThat(stage.on(() -> stage.counting.around(1)).rooms())
        .extracting(RoomTally::viewers)
        .containsExactly(1L);
    stage.on(() -> stage.counting.around(1));
    stage.on(stage.counting::tallies);

    List<Viewer> left = stage.counting.presence().rooms().get(0).left();
    assertThat(left).hasSize(5).doesNotContain(viewer("u249"));
    assertThat(stage.counting.untold()).isZero();
    assertThat(await(stage.counters.look(List.of(room), 1_000)).get(0).gone()).isEmpty();
  }

  private Future<Integer> like(LikeCounter likes, String user) {
    return likes.take(of(room, user, 1)).onSuccess(counted -> likes.tell());
  }

  /** His lease ended long ago; the number of his entry is part of what is written of it. */
  private void lapse(String user, int entry) {
    stage.redis("ZADD", "live:{" + room + "}:v", (1 << 25) + entry, user);
  }

  /** While it saves, something else happens. */
  private final class BusyTallies implements TallyStore {
    final List<Map<RoomId, Tally>> saved = new ArrayList<>();
    Supplier<Future<?>> meanwhile = Future::succeededFuture;

    @Override
    public Future<Map<RoomId, Kept>> find(Collection<RoomId> rooms) {
      return stage.tallies.find(rooms);
    }

    @Override
    public Future<Void> save(Map<RoomId, Tally> tallies) {
      saved.add(tallies);
      return meanwhile.get().compose(done -> stage.tallies.save(tallies));
    }

    @Override
    public Future<List<RoomId>> unsettled(int limit) {
      return stage.tallies.unsettled(limit);
    }

    @Override
    public Future<Void> settle(Map<RoomId, Tally> tallies, Collection<RoomId> rooms) {
      return stage.tallies.settle(tallies, rooms);
    }
  }
}
