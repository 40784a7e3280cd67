package io.livehall;

import static io.livehall.PushClient.enter;
import static io.livehall.PushClient.subRoom;
import static io.livehall.PushPresenceTest.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two servers on one database, with leases of a few seconds. */
class PushLeasesTest {
  /** A lease ends with a tick of four seconds, and those whose lease ran out are found by looks. */
  private static final Duration LEASES_END = Duration.ofSeconds(20);

  /** The one who stays is renewed all the while; the other shows that leases do end. */
  @Test
  void aNodeKeepsItsViewersAndTakesNobodyOutWhenItStops() {
    String database = TestStores.newDatabase();
    try (TestServer staying = start(database);
        TestServer stopping = start(database);
        PushClient seeing = staying.viewer();
        PushClient here = staying.guest("here");
        PushClient moving = stopping.guest("moving");
        PushClient gone = stopping.guest("gone")) {
      App.Own room = staying.app().openLive("leases");
      seeing.ask(subRoom(room.id()), "room");
      await().until(() -> stopping.app().listed().contains(room.id()));
      here.ask(enter(room.id()), "entered");
      moving.ask(enter(room.id()), "entered");
      gone.ask(enter(room.id()), "entered");
      await().until(() -> viewers(staying, room) == 3);

      stopping.stop();
      assertThat(moving.closeCode()).isEqualTo(4010);
      try (PushClient moved = staying.guest("moving")) {
        moved.ask(enter(room.id()), "entered");
        assertThat(viewers(staying, room)).isEqualTo(3);

        await().atMost(LEASES_END).until(() -> viewers(staying, room) == 2);
        seeing.frames();
        assertThat(names(seeing.await("left"))).containsExactly("gone");
        assertThat(seeing.unseen())
            .extracting(frame -> frame.getString("t"))
            .doesNotContain("left");
      }
    }
  }

  private static TestServer start(String database) {
    return TestServer.start(
        "POSTGRES_URI",
        database,
        "COUNTERS_LEASEFOR",
        "4s",
        "COUNTERS_AROUNDWITHIN",
        "1s",
        "HALL_COUNTEVERY",
        "20ms",
        "COUNTERS_TELLEVERY",
        "20ms",
        "ROOMS_POLLEVERY",
        "1h");
  }

  private static long viewers(TestServer server, App.Own room) {
    return server.app().find(room).getLong("viewers");
  }
}
