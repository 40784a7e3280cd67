package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecountTest {
  private final MockServer server = new MockServer();
  private final Scene scene = new Scene(Arguments.parse(List.of(), null), List.of(server.place()));

  @BeforeEach
  void like() {
    for (int i = 0; i < 5; i++) {
      scene.ledger().sent("r1");
    }
    scene.ledger().counted("r1", 3);
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void allThatWereAnsweredAreThereAndThoseWithoutAnAnswerMayBe() {
    for (int likes = 3; likes <= 5; likes++) {
      shows(likes);

      assertThat(recount()).isEqualTo(new Recount.Outcome(1, 0, List.of()));
    }
  }

  @Test
  void fewerThanWereAnsweredOrMoreThanWereSentAreWrong() {
    for (int likes : new int[] {2, 6}) {
      shows(likes);

      assertThat(recount())
          .isEqualTo(
              new Recount.Outcome(1, 1, List.of("r1 has " + likes + " likes; 5 sent, 3 answered")));
    }
  }

  @Test
  void theLastOnesMayBeShownALittleLater() {
    var asked = new AtomicInteger();
    server.answers("GET /v1/rooms/r1", () -> room(asked.incrementAndGet()));

    assertThat(recount().wrong()).isZero();
    assertThat(asked).hasValue(3);
  }

  @Test
  void aRoomOfWhichNobodyTellsIsWrong() {
    assertThat(recount().samples()).containsExactly("r1 has no likes; 5 sent, 3 answered");
  }

  private Recount.Outcome recount() {
    return new Recount(scene, new Api()).count();
  }

  private void shows(int likes) {
    server.answers("GET /v1/rooms/r1", () -> room(likes));
  }

  private static JsonObject room(int likes) {
    return new JsonObject().put("room", Sent.room("r1", 1).put("likes", likes));
  }
}
