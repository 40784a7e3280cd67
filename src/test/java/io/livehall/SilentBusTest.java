package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers on one database, and no news between them, nor from either to itself. */
class SilentBusTest {
  private static final Duration LATEST = Duration.ofMillis(1_500);

  private static TestServer first;
  private static TestServer second;

  @BeforeAll
  static void start() {
    String database = TestStores.newDatabase();
    first = TestServer.start("POSTGRES_URI", database, "BUS_SILENT", "true");
    second = TestServer.start("POSTGRES_URI", database, "BUS_SILENT", "true");
  }

  @AfterAll
  static void stop() {
    Stream.of(first, second).forEach(TestServer::close);
  }

  @Test
  void eachChangeIsInTheListOfTheOtherWithinASecondAndAHalf() {
    App here = first.app();
    App there = second.app();

    App.Own room = here.openLive("quiet");
    inTime(() -> assertThat(there.listed()).contains(room.id()));

    App.good(here.edit(room, new JsonObject().put("title", "Other words")));
    inTime(() -> assertThat(there.get("/v1/rooms").body()).contains("Other words"));

    // A word said at the other node is about the same room.
    App.good(there.close(room));
    inTime(() -> assertThat(here.listed()).doesNotContain(room.id()));
  }

  @Test
  void theNodeItselfMissesNothingEither() {
    App here = first.app();

    App.Own room = here.openLive("alone");
    inTime(() -> assertThat(here.listed()).contains(room.id()));
  }

  @Test
  void callbacksAtOneShowAtTheOther() {
    App here = first.app();
    App there = second.app();

    App.Own room = here.open("pushing");
    here.up(room);
    await().atMost(Duration.ofSeconds(5)).until(() -> there.state(room).equals("live"));
    inTime(() -> assertThat(there.listed()).contains(room.id()));

    there.down(room);
    await().atMost(Duration.ofSeconds(5)).until(() -> here.state(room).equals("interrupted"));
    inTime(() -> assertThat(here.listed()).doesNotContain(room.id()));
  }

  private static void inTime(ThrowingRunnable assertion) {
    await().pollInterval(Duration.ofMillis(20)).atMost(LATEST).untilAsserted(assertion);
  }
}
