package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node that stops sends its viewers to the others, not all at once. */
class DrainTest {
  private static final Duration DRAIN = Duration.ofSeconds(1);

  /** What a stop takes beside the sockets, on a machine that has other work. */
  private static final Duration REST = Duration.ofSeconds(2);

  @Test
  void everyoneIsSentAwayAndClosedInTimeAndNobodyElseComesIn() {
    TestServer server = TestServer.start("PUSH_DRAINFOR", "1s");
    List<PushClient> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(server.viewer());
    }
    clients.get(0).ask(subHall("newest", 20), "snap");
    PushClient inTheDoor = PushClient.connect(server.pushPort());

    CompletableFuture<Duration> stop = CompletableFuture.supplyAsync(() -> took(server::close));
    for (PushClient client : clients) {
      assertThat(client.await("goaway"))
          .isEqualTo(frame("goaway").put("why", "drain").put("withinMs", 500));
    }
    await().untilAsserted(() -> assertThatThrownBy(() -> connect(server)).isNotNull());
    clients.get(99).say(frame("ping"));
    clients.get(99).await("pong");

    assertThat(took(() -> clients.forEach(DrainTest::assertClosed)))
        .isLessThan(DRAIN.plusSeconds(1));
    assertThat(inTheDoor.closeCode()).isEqualTo(4010);
    assertThat(inTheDoor.frames()).isEmpty();
    assertThat(stop.join()).isBetween(DRAIN.dividedBy(2), DRAIN.plus(REST));
  }

  @Test
  void whoDoesNotLeaveHoldsNobodyUp() {
    TestServer server = TestServer.start("PUSH_DRAINFOR", "100ms");
    List<PushClient> deaf = List.of(server.viewer(), server.viewer(), server.viewer());

    assertThat(took(server::close)).isLessThan(REST);

    deaf.forEach(DrainTest::assertClosed);
  }

  @Test
  void whereNobodyIsThereIsNothingToWaitFor() {
    TestServer server = TestServer.start("PUSH_DRAINFOR", "10s");
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 20), "snap");
    }
    await().until(() -> server.ops().metric("livehall_push_connections") == 0);

    assertThat(took(server::close)).isLessThan(REST);
  }

  private static void assertClosed(PushClient client) {
    assertThat(client.closeCode()).isEqualTo(4010);
  }

  private static Duration took(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static void connect(TestServer server) {
    try (PushClient late = PushClient.connect(server.pushPort())) {
      late.hello();
    }
  }
}
