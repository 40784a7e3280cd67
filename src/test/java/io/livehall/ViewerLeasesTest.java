package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** Who says nothing for as long as a lease is good is not in the room any more. */
class ViewerLeasesTest {
  @Test
  void whoFallsSilentIsOutAndWhoSaysThatHeIsThereStays() {
    try (TestServer server =
        TestServer.start("COUNTERS_LEASEFOR", "4s", "COUNTERS_AROUNDWITHIN", "1s")) {
      App app = server.app();
      App.Own room = app.openLive("host");
      Fan faithful = Fan.of(app, "faithful");
      IntStream.range(0, 150).forEach(i -> App.good(Fan.of(app, "silent" + i).enter(room)));
      App.good(faithful.enter(room, "忠实"));
      App.good(Fan.of(app, "silent0").enter(room, "Nobody"));
      soon(() -> assertThat(app.find(room).getInteger("viewers")).isEqualTo(151));

      soon(
          () -> {
            App.good(faithful.stay(room));
            assertThat(Fan.names(Fan.page(app, room, "?limit=100"))).containsExactly("忠实");
            assertThat(Fan.page(app, room, "").getInteger("total")).isEqualTo(1);
            assertThat(app.find(room).getInteger("viewers")).isEqualTo(1);
          });

      App.good(Fan.of(app, "silent1").leave(room));
      App.good(Fan.of(app, "silent0").stay(room));
      App.good(Fan.of(app, "silent2").enter(room, "Again"));
      assertThat(Fan.names(Fan.page(app, room, ""))).isEqualTo(List.of("Again", "silent0", "忠实"));
      JsonObject summary = App.good(app.close(room)).json().getJsonObject("summary");
      assertThat(summary.getInteger("peakViewers")).isEqualTo(151);
      assertThat(summary.getInteger("visits")).isEqualTo(151);
    }
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(15, TimeUnit.SECONDS)
        .untilAsserted(assertion);
  }
}
