package io.livehall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomQueueTest {
  private final RoomQueue queue = new RoomQueue();

  @Test
  void eachWaitsOnceAndTheFirstIsTheFirst() {
    RoomId a = RoomId.random();
    RoomId b = RoomId.random();
    RoomId c = RoomId.random();
    Stream.of(a, b, a, c, b).forEach(queue::add);

    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.poll(2)).containsExactly(a, b);
    queue.add(a);
    assertThat(queue.poll(5)).containsExactly(c, a);
    assertThat(queue.poll(5)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 300, 5_000})
  void behavesLikeALinkedSet(int rooms) {
    var random = new Random(rooms);
    List<RoomId> ids = Stream.generate(RoomId::random).limit(rooms).toList();
    var model = new LinkedHashSet<RoomId>();

    for (int round = 0; round < 200; round++) {
      for (int i = random.nextInt(rooms); i > 0; i--) {
        RoomId room = ids.get(random.nextInt(rooms));
        queue.add(room);
        model.add(room);
      }
      List<RoomId> turn = model.stream().limit(random.nextInt(rooms)).toList();
      assertThat(queue.poll(turn.size())).isEqualTo(turn);
      turn.forEach(model::remove);
      assertThat(queue.size()).isEqualTo(model.size());
    }
    assertThat(queue.poll(rooms)).containsExactlyElementsOf(model);
  }
}
