package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosedRoomsTest {
  private final ClosedRooms closed = new ClosedRooms();

  @Test
  void knowsSinceWhen() {
    closed.add("r1", 7);
    closed.add("r1", 9);

    assertThat(closed.has("r1")).isTrue();
    assertThat(closed.hasAt("r1", 6)).isFalse();
    assertThat(closed.hasAt("r1", 7)).isTrue();
    assertThat(closed.has("r2")).isFalse();
  }

  @Test
  void keepsTheLast256() {
    for (int i = 0; i < 300; i++) {
      closed.add("r" + i, i);
    }

    assertThat(closed.has("r43")).isFalse();
    assertThat(closed.has("r44")).isTrue();
    assertThat(closed.has("r299")).isTrue();
  }

  @Test
  void aCopyGoesItsOwnWay() {
    closed.add("r1", 1);
    ClosedRooms copy = closed.copy();
    copy.add("r2", 2);
    copy.forget("r1");

    assertThat(closed.has("r1")).isTrue();
    assertThat(closed.has("r2")).isFalse();
    assertThat(copy.has("r1")).isFalse();
  }

  @Test
  void canBeCleared() {
    closed.add("r1", 1);
    closed.clear();

    assertThat(closed.has("r1")).isFalse();
  }
}
