package io.livehall.redis;

import static io.livehall.TestStores.await;
import static io.livehall.redis.RedisStage.LEASE_SECONDS;
import static io.livehall.redis.RedisStage.endOfLease;
import static io.livehall.redis.RedisStage.enter;
import static io.livehall.redis.RedisStage.key;
import static io.livehall.redis.RedisStage.lapse;
import static io.livehall.redis.RedisStage.leave;
import static io.livehall.redis.RedisStage.raw;
import static io.livehall.redis.RedisStage.renew;
import static io.livehall.redis.RedisStage.score;
import static io.livehall.redis.RedisStage.seconds;
import static io.livehall.redis.RedisStage.setEndOfLease;
import static io.livehall.redis.RedisStage.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.Viewer;
import io.livehall.service.port.CounterStore.Done;
import io.livehall.service.port.CounterStore.Look;
import io.livehall.service.port.CounterStore.Members;
import io.livehall.service.port.CounterStore.Visited;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is in a room: leases. */
class RedisViewersTest {
  private final RedisStage stage = new RedisStage();
  private final RoomId room = stage.open();

  @Test
  void toEnterTwiceIsToBeThereOnce() {
    assertThat(stage.visit(room, enter("ada")).done()).containsExactly(new Done(true, true, null));
    assertThat(stage.visit(room, enter("ada")).done()).containsExactly(new Done(false, true, null));
    assertThat(stage.visit(room, renew("ada")).done()).containsExactly(new Done(false, true, null));

    assertThat(stage.tally(room)).isEqualTo(new Tally(1, 0, 1, 1));
  }

  @Test
  void whoLeavesIsToldAsTheOthersSawHimAndOnce() {
    stage.visit(room, enter("ada", "Ada"));

    Visited left = stage.visit(room, leave("ada"), leave("ada"), renew("ada"));

    assertThat(left.done())
        .containsExactly(
            new Done(true, false, viewer("ada", "Ada")),
            new Done(false, false, null),
            new Done(false, false, null));
    assertThat(left.tally()).isEqualTo(new Tally(0, 0, 1, 1));
  }

  @Test
  void whoIsNotThereCanLeaveAndRenewToNoEffect() {
    Visited visited = stage.visit(room, leave("ada"), renew("bob"), enter("eve"), leave("bob"));

    assertThat(visited.done())
        .extracting(done -> done.isChange())
        .containsExactly(false, false, true, false);
    assertThat(visited.done())
        .extracting(done -> done.isHere())
        .containsExactly(false, false, true, false);
    assertThat(visited.tally()).isEqualTo(new Tally(1, 0, 1, 1));
    assertThat(raw("ZCARD", key(room, 'v')).toLong()).isEqualTo(1);
  }

  @Test
  void whoComesBackComesButIsNoNewVisitor() {
    stage.visit(room, enter("ada"), leave("ada"));

    Visited back = stage.visit(room, enter("ada"));

    assertThat(back.done()).containsExactly(new Done(true, true, null));
    assertThat(back.tally()).isEqualTo(new Tally(1, 0, 1, 1));
  }

  @Test
  void peakIsHowManyWereThereAtOneTimeAlsoWithinOneCall() {
    stage.visit(room, enter("a"), leave("a"), enter("b"), leave("b"));
    assertThat(stage.tally(room)).isEqualTo(new Tally(0, 0, 1, 2));

    stage.visit(room, enter("c"), enter("d"), enter("e"), leave("c"), leave("d"), enter("f"));

    assertThat(stage.tally(room)).isEqualTo(new Tally(2, 0, 3, 6));
  }

  @Test
  void leaseHoldsForItsTimeAndIsRenewed() {
    long before = seconds();
    stage.visit(room, enter("ada"));
    long after = seconds();

    assertThat(endOfLease(room, "ada"))
        .isBetween(before + LEASE_SECONDS, after + LEASE_SECONDS + 4);
    setEndOfLease(room, "ada", before + 12);
    stage.visit(room, renew("ada"));

    assertThat(endOfLease(room, "ada")).isGreaterThanOrEqualTo(before + LEASE_SECONDS);
  }

  @Test
  void whoseLeaseRanOutIsNotThereAnyMore() {
    stage.visit(room, enter("ada"), enter("bob"));
    lapse(room, "ada");

    assertThat(stage.tally(room)).isEqualTo(new Tally(1, 0, 2, 2));
    assertThat(members(0, 10).viewers()).containsExactly(viewer("bob", "Name of bob"));
    assertThat(stage.visit(room, renew("ada")).done())
        .containsExactly(new Done(false, false, null));
    assertThat(stage.visit(room, leave("ada")).done())
        .containsExactly(new Done(false, false, null));
    assertThat(stage.visit(room, enter("ada")).done()).containsExactly(new Done(true, true, null));
    assertThat(stage.tally(room)).isEqualTo(new Tally(2, 0, 2, 2));
  }

  @Test
  void whoseLeaseRanOutIsTakenOutByALookWithHisName() {
    stage.visit(room, enter("ada"), enter("bob"), enter("eve"));
    lapse(room, "ada");
    lapse(room, "eve");

    assertThat(stage.look(room, 0).gone()).isEmpty();
    Look first = stage.look(room, 1);
    Look second = stage.look(room, 5);
    Look third = stage.look(room, 5);

    List<Viewer> gone = new ArrayList<>(first.gone());
    gone.addAll(second.gone());
    assertThat(first.gone()).hasSize(1);
    assertThat(gone)
        .containsExactlyInAnyOrder(viewer("ada", "Name of ada"), viewer("eve", "Name of eve"));
    assertThat(third.gone()).isEmpty();
    assertThat(third.tally()).isEqualTo(new Tally(1, 0, 3, 3));
    assertThat(raw("XLEN", key(room, 'm')).toLong()).isEqualTo(1);
    assertThat(score(room, "ada")).isZero();
  }

  @Test
  void whoLapsedAndCameBackIsThereOnce() {
    stage.visit(room, enter("ada"));
    lapse(room, "ada");
    stage.visit(room, enter("ada"));

    assertThat(stage.look(room, 5).gone()).isEmpty();
    assertThat(members(0, 10).viewers()).hasSize(1);
  }

  @Test
  void anotherNameTakesHimToTheTopAndCountsNothing() {
    stage.visit(room, enter("ada", "Ada"), enter("bob", "Bob"));

    Visited renamed = stage.visit(room, enter("ada", "Countess"));

    assertThat(renamed.done()).containsExactly(new Done(false, true, null));
    assertThat(renamed.tally()).isEqualTo(new Tally(2, 0, 2, 2));
    assertThat(members(0, 10).viewers())
        .containsExactly(viewer("ada", "Countess"), viewer("bob", "Bob"));
    assertThat(stage.visit(room, leave("ada")).done().get(0).left())
        .isEqualTo(viewer("ada", "Countess"));
  }

  @Test
  void leaseThatSeemsToEndTooLateIsCutSinceTheClockWasSetBack() {
    stage.visit(room, enter("ada"), enter("bob"));
    long end = endOfLease(room, "bob");
    setEndOfLease(room, "ada", seconds() + 3_600);

    assertThat(stage.look(room, 5).tally().viewers()).isEqualTo(2);

    assertThat(endOfLease(room, "ada")).isBetween(end - 4, end + 8);
    assertThat(endOfLease(room, "bob")).isEqualTo(end);
    assertThat(stage.visit(room, leave("ada")).done().get(0).left())
        .isEqualTo(viewer("ada", "Name of ada"));
  }

  @Test
  void roomsHaveNothingToDoWithEachOther() {
    RoomId other = stage.open();
    stage.visit(room, enter("ada"));
    stage.visit(other, enter("ada"), enter("bob"));

    stage.visit(room, leave("ada"), leave("bob"));

    assertThat(stage.tally(room).viewers()).isZero();
    assertThat(stage.tally(other)).isEqualTo(new Tally(2, 0, 2, 2));
  }

  private Members members(long before, int limit) {
    return await(stage.counters.members(room, before, limit));
  }
}
