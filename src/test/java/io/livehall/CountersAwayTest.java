package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** Redis is away: who likes or enters is told so at once, and nothing else is disturbed. */
class CountersAwayTest {
  private static final Duration AT_ONCE = Duration.ofMillis(500);

  @Test
  void likesAndEntersAreRefusedAtOnceAndGoOnAfterwards() {
    String redis = TestStores.redisUri();
    int port = URI.create(redis).getPort();
    try (var cable = new Cable(port);
        var server = TestServer.start("REDIS_URI", redis.replace(":" + port, ":" + cable.port()))) {
      App app = server.app();
      App.Own room = app.openLive("host");
      Fan fan = Fan.of(app, "fan");
      assertThat(fan.liked(room, 5)).isEqualTo(5);
      App.good(fan.enter(room));
      soon(() -> assertThat(app.find(room).getInteger("likes")).isEqualTo(5));
      soon(() -> assertThat(app.find(room).getInteger("viewers")).isEqualTo(1));

      cable.cut();
      soon(() -> assertThat(fan.stay(room).status()).isEqualTo(503));
      List<Supplier<App.Reply>> calls =
          List.of(
              () -> fan.like(room, 1),
              () -> fan.enter(room),
              () -> fan.stay(room),
              () -> fan.leave(room),
              () -> app.get(room.path() + "/viewers"));
      for (Supplier<App.Reply> call : calls) {
        long asked = System.nanoTime();
        App.Reply reply = call.get();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("UNAVAILABLE");
        assertThat(reply.headers().firstValue("Retry-After")).contains("1");
      }
      assertThat(app.find(room).getInteger("likes")).isEqualTo(5);
      assertThat(app.listed()).containsExactly(room.id());

      cable.mend();
      soon(() -> assertThat(fan.stay(room).status()).isEqualTo(204));
      assertThat(fan.liked(room, 2)).isEqualTo(2);
      soon(() -> assertThat(app.find(room).getInteger("likes")).isEqualTo(7));
    }
  }

  private static void soon(ThrowingRunnable assertion) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(5, TimeUnit.SECONDS)
        .untilAsserted(assertion);
  }
}
