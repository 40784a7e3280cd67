package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static io.livehall.hall.Sample.room;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.LiveException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest {
  @Test
  void aChannelNamesOrderLimitAndTag() {
    assertThat(new View(Sort.NEWEST, null, 20).channel()).isEqualTo("hall:newest:20");
    assertThat(new View(Sort.HOT, "music", 100).channel()).isEqualTo("hall:hot:100:music");
    assertThat(new View(Sort.HOT, "a:b", 1).channel()).isEqualTo("hall:hot:1:a:b");
  }

  @Test
  void aViewOfTheEmptyTagHasItsOwnChannel() {
    assertThat(new View(Sort.NEWEST, "", 20).channel())
        .isNotEqualTo(new View(Sort.NEWEST, null, 20).channel());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101, Integer.MAX_VALUE})
  void aLimitOutOfBoundsIsRefused(int limit) {
    assertThatThrownBy(() -> new View(Sort.NEWEST, null, limit))
        .isInstanceOfSatisfying(
            LiveException.class,
            refusal -> assertThat(refusal.fields().get(0).field()).isEqualTo("limit"));
  }

  @Test
  void theFirstPageIsThatOfTheHall() {
    var hall = Hall.of(at(7), List.of(room(1, 1, 9, "a"), room(2, 2, 0, "b"), room(3, 3, 1, "a")));

    assertThat(new View(Sort.NEWEST, null, 2).of(hall).rooms())
        .containsExactly(hall.find(Sample.id(3)), hall.find(Sample.id(2)));
    assertThat(new View(Sort.HOT, "a", 100).of(hall))
        .isEqualTo(hall.page(new PageQuery(Sort.HOT, "a", 100, null)));
  }
}
