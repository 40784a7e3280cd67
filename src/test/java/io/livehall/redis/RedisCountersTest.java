package io.livehall.redis;

import static io.livehall.TestStores.await;
import static io.livehall.redis.RedisStage.enter;
import static io.livehall.redis.RedisStage.field;
import static io.livehall.redis.RedisStage.key;
import static io.livehall.redis.RedisStage.leave;
import static io.livehall.redis.RedisStage.raw;
import static io.livehall.redis.RedisStage.seconds;
import static io.livehall.redis.RedisStage.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.service.port.CounterStore.Asked;
import io.livehall.service.port.CounterStore.Liked;
import io.livehall.service.port.CounterStore.Likes;
import io.livehall.service.port.CounterStore.Look;
import io.livehall.service.port.CounterStore.State;
import io.livehall.service.port.CounterStore.Step;
import io.livehall.service.port.CounterStore.Visited;
import io.livehall.service.port.CounterStore.Visits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which rooms are counted: how they become known, and how they close. */
class RedisCountersTest {
  private static final Asked ADA = new Asked(new UserId("ada"), 3, 0);
  private static final long BASE = 1L << 50;

  private final RedisStage stage = new RedisStage();

  @Test
  void roomIsUnknownUntilItIsRaised() {
    RoomId room = RoomId.random();

    assertThat(stage.like(room, 0, ADA)).isEqualTo(new Liked(State.UNKNOWN, List.of()));
    assertThat(stage.like(room, 5).state()).isEqualTo(State.UNKNOWN);
    assertThat(stage.visit(room, enter("ada")).state()).isEqualTo(State.UNKNOWN);
    assertThat(stage.look(room, 9)).isEqualTo(new Look(State.UNKNOWN, Tally.ZERO, 0, List.of()));
    assertThat(await(stage.counters.members(room, 0, 10)).total()).isZero();
    await(stage.counters.raise(Map.of(room, Tally.ZERO)));

    assertThat(stage.state(room)).isEqualTo(State.COUNTED);
  }

  @Test
  void whatWasAddedToAnUnknownRoomIsDiscarded() {
    RoomId room = RoomId.random();
    stage.like(room, 5);

    await(stage.counters.raise(Map.of(room, new Tally(9, 7, 3, 4))));

    assertThat(stage.tally(room)).isEqualTo(new Tally(0, 7, 3, 4));
  }

  @Test
  void raiseLowersNothing() {
    RoomId room = stage.open();
    await(stage.counters.raise(Map.of(room, new Tally(0, 7, 3, 4))));

    await(stage.counters.raise(Map.of(room, new Tally(0, 6, 9, 1))));
    await(stage.counters.raise(Map.of(room, Tally.ZERO)));

    assertThat(stage.tally(room)).isEqualTo(new Tally(0, 7, 9, 4));
  }

  @Test
  void raiseLeavesThoseWhoAreInTheRoom() {
    RoomId room = stage.open();
    stage.visit(room, enter("ada"), enter("bob"));

    await(stage.counters.raise(Map.of(room, new Tally(0, 1, 1, 7))));
    stage.visit(room, enter("eve"));

    assertThat(stage.tally(room)).isEqualTo(new Tally(3, 1, 3, 8));
    assertThat(await(stage.counters.members(room, 0, 10)).viewers()).hasSize(3);
  }

  @Test
  void roomWhoseHashWasLostBeginsWithNobodyInIt() {
    RoomId room = stage.open();
    stage.visit(room, enter("ada"), enter("bob"));
    raw("DEL", key(room, 'n'));

    await(stage.counters.raise(Map.of(room, new Tally(0, 0, 2, 2))));
    Visited again = stage.visit(room, enter("ada"));

    assertThat(again.tally()).isEqualTo(new Tally(1, 0, 2, 3));
    assertThat(await(stage.counters.members(room, 0, 10)).viewers()).hasSize(1);
  }

  @Test
  void likesThatWereGrantedAndThoseThatAreAskedForAddUp() {
    RoomId room = stage.open();

    assertThat(stage.like(room, 5)).isEqualTo(new Liked(State.COUNTED, List.of()));
    Liked both = stage.like(room, 2, ADA, new Asked(new UserId("bob"), 4, 0));

    assertThat(both.granted()).hasSize(2);
    assertThat(stage.tally(room).likes()).isEqualTo(5 + 2 + 3 + 4);
  }

  @Test
  void likesOfARoomHappenTogetherOrNotAtAll() {
    RoomId room = RoomId.random();

    stage.like(room, 2, ADA);

    assertThat(raw("EXISTS", key(room, 'n')).toLong()).isZero();
  }

  @Test
  void countersAreExactFarBeyondAnInteger() {
    RoomId room = RoomId.random();
    Tally huge = new Tally(0, (1L << 49) + 1, (1L << 50) + 1, (1L << 50) + 3);
    await(stage.counters.raise(Map.of(room, huge)));

    stage.like(room, 1);

    assertThat(stage.tally(room))
        .isEqualTo(new Tally(0, (1L << 49) + 2, huge.peakViewers(), huge.visits()));
  }

  @Test
  void closedRoomTellsItsLastCountersAndTheSameAgain() {
    RoomId room = stage.open();
    stage.like(room, 42);
    stage.visit(room, enter("ada"), enter("bob"), leave("ada"));
    Tally last = new Tally(0, 42, 2, 2);

    assertThat(await(stage.counters.seal(Set.of(room)))).isEqualTo(Map.of(room, last));
    assertThat(stage.like(room, 5).state()).isEqualTo(State.SEALED);
    assertThat(stage.like(room, 5, ADA)).isEqualTo(new Liked(State.SEALED, List.of()));
    assertThat(stage.visit(room, enter("eve")).state()).isEqualTo(State.SEALED);
    assertThat(stage.look(room, 9)).isEqualTo(new Look(State.SEALED, Tally.ZERO, 0, List.of()));

    assertThat(await(stage.counters.seal(Set.of(room)))).isEqualTo(Map.of(room, last));
  }

  @Test
  void closedRoomKeepsNobodyAndIsForgottenAfterADay() {
    RoomId room = stage.open();
    stage.like(room, 0, ADA);
    stage.visit(room, enter("ada"));

    await(stage.counters.seal(Set.of(room)));

    assertThat(raw("EXISTS", key(room, 'v'), key(room, 'm'), key(room, 'b')).toLong()).isZero();
    assertThat(raw("TTL", key(room, 'n')).toLong()).isBetween(86_390L, 86_400L);
    assertThat(await(stage.counters.members(room, 0, 10)).viewers()).isEmpty();
  }

  @Test
  void roomThatClosesUnknownHasNoCountersAndIsClosedAllTheSame() {
    RoomId room = RoomId.random();
    stage.like(room, 5);

    assertThat(await(stage.counters.seal(Set.of(room)))).isEmpty();
    assertThat(stage.like(room, 5).state()).isEqualTo(State.SEALED);
    assertThat(await(stage.counters.seal(Set.of(room)))).isEmpty();
  }

  @Test
  void sealedRoomIsOpenedAgainOnlyAfterAWhile() {
    RoomId room = stage.open();
    stage.like(room, 42);
    await(stage.counters.seal(Set.of(room)));
    stage.like(room, 5);

    await(stage.counters.raise(Map.of(room, new Tally(0, 50, 1, 1))));
    assertThat(stage.state(room)).isEqualTo(State.SEALED);
    set(room, "sealedAt", seconds() - 11);
    await(stage.counters.raise(Map.of(room, new Tally(0, 7, 1, 1))));

    assertThat(stage.tally(room)).isEqualTo(new Tally(0, 42, 1, 1));
    assertThat(raw("TTL", key(room, 'n')).toLong()).isEqualTo(-1);
    assertThat(await(stage.counters.seal(Set.of(room))))
        .containsEntry(room, new Tally(0, 42, 1, 1));
  }

  @Test
  void roomThatWasSealedBeforeTheClockWasSetBackIsOpenedAgain() {
    RoomId room = stage.open();
    await(stage.counters.seal(Set.of(room)));
    set(room, "sealedAt", seconds() + 3_600);

    await(stage.counters.raise(Map.of(room, Tally.ZERO)));

    assertThat(stage.state(room)).isEqualTo(State.COUNTED);
  }

  @Test
  void eachRoomOfACallIsAnsweredForItselfAndInOrder() {
    RoomId open = stage.open();
    RoomId closed = stage.open();
    RoomId unknown = RoomId.random();
    await(stage.counters.seal(Set.of(closed)));
    List<RoomId> rooms = List.of(closed, open, unknown, open);

    List<Liked> liked =
        await(
            stage.counters.like(
                rooms.stream().map(room -> new Likes(room, 1, List.of(ADA))).toList()));
    List<Visited> visited =
        await(
            stage.counters.visit(
                rooms.stream().map(room -> new Visits(room, List.of(enter("ada")))).toList()));
    List<Look> looks = await(stage.counters.look(rooms, 0));

    List<State> states = List.of(State.SEALED, State.COUNTED, State.UNKNOWN, State.COUNTED);
    assertThat(liked).extracting(Liked::state).isEqualTo(states);
    assertThat(visited).extracting(Visited::state).isEqualTo(states);
    assertThat(looks).extracting(Look::state).isEqualTo(states);
    assertThat(looks.get(1).tally()).isEqualTo(new Tally(1, 8, 1, 1));
  }

  @Test
  void nothingAskedIsNothingAnswered() {
    RoomId room = stage.open();

    assertThat(await(stage.counters.like(List.of()))).isEmpty();
    assertThat(await(stage.counters.visit(List.of()))).isEmpty();
    assertThat(await(stage.counters.look(List.of(), 9))).isEmpty();
    assertThat(await(stage.counters.seal(Set.of()))).isEmpty();
    await(stage.counters.raise(Map.of()));
    assertThat(stage.visit(room, new Step[0]).tally()).isEqualTo(Tally.ZERO);
    assertThat(field(room, "likes")).isEqualTo(BASE);
  }
}
