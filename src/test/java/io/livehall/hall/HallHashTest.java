package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static io.livehall.hall.Sample.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HallHashTest {
  private final ListedRoom first = new ListedRoom(id(1), 7, 9, 0, 0, 0, List.of(), new byte[0]);
  private final ListedRoom second =
      new ListedRoom(id(2), 123_456_789_012L, 5, 0, 0, 0, List.of(), new byte[0]);

  @Test
  void isTheCrcThatOthersCompute() {
    // zlib.crc32(b"r000000000000001:7\nr000000000000002:123456789012\n")
    assertThat(HallHash.of(List.of(first, second))).isEqualTo("ef44e827");
  }

  @Test
  void hasEightDigitsAlways() {
    // zlib.crc32(b"r000000000000001:562\n")
    var room = new ListedRoom(id(1), 562, 0, 0, 0, 0, List.of(), new byte[0]);

    assertThat(HallHash.of(List.of(room))).isEqualTo("00d89b29");
    assertThat(HallHash.of(List.of())).isEqualTo("00000000");
  }

  @Test
  void dependsOnTheOrder() {
    assertThat(HallHash.of(List.of(second, first)))
        .isNotEqualTo(HallHash.of(List.of(first, second)));
  }

  @Test
  void aPageHasTheHashOfItsRooms() {
    var page =
        Hall.of(at(1), List.of(second, first)).page(new PageQuery(Sort.NEWEST, null, 9, null));

    assertThat(page.hash()).isEqualTo(HallHash.of(List.of(first, second)));
  }
}
