package io.livehall.redis;

import static io.livehall.TestStores.await;
import static io.livehall.redis.RedisStage.ENTRIES;
import static io.livehall.redis.RedisStage.enter;
import static io.livehall.redis.RedisStage.lapse;
import static io.livehall.redis.RedisStage.leave;
import static io.livehall.redis.RedisStage.score;
import static io.livehall.redis.RedisStage.set;
import static io.livehall.redis.RedisStage.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.service.port.CounterStore.Done;
import io.livehall.service.port.CounterStore.Members;
import io.livehall.service.port.CounterStore.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The members of a room, page by page. */
class RedisMembersTest {
  private final RedisStage stage = new RedisStage();
  private final RoomId room = stage.open();

  @Test
  void whoEntersAgainWithoutANameKeepsHisOwn() {
    stage.visit(room, enter("ada", "Ada"));

    stage.visit(room, new Step.Enter(new Viewer(new UserId("ada"), null, null)));
    stage.visit(room, new Step.Enter(new Viewer(new UserId("bob"), null, null)));

    assertThat(members(0, 10).viewers())
        .containsExactly(new Viewer(new UserId("bob"), null, null), viewer("ada", "Ada"));
  }

  @Test
  void pagesHaveEveryoneOnceTheNewestFirst() {
    IntStream.range(0, 25).forEach(i -> stage.visit(room, enter("u" + i)));
    lapse(room, "u20");
    stage.visit(room, leave("u3"));

    List<String> seen = new ArrayList<>();
    Optional<Long> next = Optional.of(0L);
    for (int page = 0; page < 10 && next.isPresent(); page++) {
      Members members = members(next.get(), 7);
      assertThat(members.total()).isEqualTo(23);
      members.viewers().forEach(viewer -> seen.add(viewer.id().value()));
      next = members.next();
    }

    assertThat(next).isEmpty();
    assertThat(seen)
        .isEqualTo(
            IntStream.iterate(24, i -> i >= 0, i -> i - 1)
                .filter(i -> i != 20 && i != 3)
                .mapToObj(i -> "u" + i)
                .toList());
  }

  @Test
  void manyWhoLapsedHideNobodyBehindThem() {
    stage.visit(room, enter("first"));
    for (int i = 0; i < 60; i++) {
      stage.visit(room, enter("u" + i));
      lapse(room, "u" + i);
    }

    List<Viewer> seen = new ArrayList<>();
    Optional<Long> next = Optional.of(0L);
    int pages = 0;
    while (next.isPresent()) {
      Members members = members(next.get(), 5);
      seen.addAll(members.viewers());
      next = members.next();
      pages++;
    }

    assertThat(seen).extracting(Viewer::id).containsExactly(new UserId("first"));
    assertThat(pages).isEqualTo(4);
  }

  @Test
  void entriesAreFoundWhenTheirNumbersBeginAnew() {
    set(room, "seq", ENTRIES - 3);
    for (String user : List.of("a", "b", "c", "d", "e", "f")) {
      stage.visit(room, enter(user));
    }

    assertThat(score(room, "b") % ENTRIES).isEqualTo(ENTRIES - 1);
    assertThat(score(room, "c") % ENTRIES).isZero();
    assertThat(members(0, 10).viewers())
        .extracting(v -> v.id().value())
        .containsExactly("f", "e", "d", "c", "b", "a");
    assertThat(stage.visit(room, leave("a"), leave("c"), leave("e")).done())
        .extracting(Done::left)
        .containsExactly(
            viewer("a", "Name of a"), viewer("c", "Name of c"), viewer("e", "Name of e"));
    assertThat(stage.visit(room, enter("b", "Bob")).done().get(0).isChange()).isFalse();
    lapse(room, "d");
    assertThat(stage.look(room, 9).gone()).containsExactly(viewer("d", "Name of d"));
    assertThat(members(0, 10).viewers())
        .containsExactly(viewer("b", "Bob"), viewer("f", "Name of f"));
  }

  @Test
  void placeThatIsNoPlaceIsTheFirstPage() {
    stage.visit(room, enter("ada"));

    Members members = await(stage.counters.members(room, -7, 10));

    assertThat(members.viewers()).hasSize(1);
    assertThat(await(stage.counters.members(room, Long.MAX_VALUE, 10)).viewers()).hasSize(1);
  }

  private Members members(long before, int limit) {
    return await(stage.counters.members(room, before, limit));
  }
}
