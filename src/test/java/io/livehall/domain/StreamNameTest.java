package io.livehall.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {
  private static final String OF_USERS = "abzABZ019_-.@";

  @Test
  void nameOfARoomIsItsOwn() {
    var room = RoomId.random();

    assertThat(StreamName.ofRoom("8888", room).value()).isEqualTo("8888_" + room);
    assertThat(StreamName.ofRoom("8888", RoomId.random()))
        .isNotEqualTo(StreamName.ofRoom("8888", room));
  }

  @ParameterizedTest
  @CsvSource({
    "ada, 8888_ada",
    "user001, 8888_user001",
    "Ada, 8888__41da",
    "a_b, 8888_a_5fb",
    "a-b, 8888_a_2db",
    "a.b@c, 8888_a_2eb_40c"
  })
  void nameOfAUserIsReadable(String user, String name) {
    assertThat(StreamName.ofUser("8888", new UserId(user)).value()).isEqualTo(name);
  }

  @Test
  void twoUsersNeverShareAName() {
    var random = new Random(7);
    Map<StreamName, UserId> owners = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      var id = new StringBuilder();
      for (int length = 1 + random.nextInt(6); length > 0; length--) {
        id.append(OF_USERS.charAt(random.nextInt(OF_USERS.length())));
      }
      var user = new UserId(id.toString());

      UserId owner = owners.putIfAbsent(StreamName.ofUser("8888", user), user);

      assertThat(owner == null || owner.equals(user)).as(owner + " and " + user).isTrue();
    }
  }

  @Test
  void userIdTooLongForANameIsRefused() {
    assertThat(StreamName.ofUser("8888", new UserId("a".repeat(64))).value()).hasSize(69);
    assertThatThrownBy(() -> StreamName.ofUser("8888", new UserId("A".repeat(64))))
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a-b", "a b", "名", "a/b", "a?b=c"})
  void nameHasOneFormOnly(String name) {
    assertThatThrownBy(() -> new StreamName(name)).isInstanceOf(LiveException.class);
    assertThatThrownBy(() -> new StreamName("a".repeat(81))).isInstanceOf(LiveException.class);
  }
}
