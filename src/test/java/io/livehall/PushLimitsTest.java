package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How many sockets there may be, from one address and in all. */
class PushLimitsTest {
  private static TestServer server;
  private static App ops;

  private final List<PushWire> wires = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = TestServer.start("PUSH_CONNECTIONSMAX", "30", "PUSH_CONNECTIONSPERADDRESS", "4");
    ops = server.ops();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void leave() {
    wires.forEach(PushWire::close);
    await().until(() -> ops.metric("livehall_push_connections") == 0);
  }

  @Test
  void oneTooManyFromAnAddressIsToldToComeLater() {
    double refused = refused("address");
    for (int i = 0; i < 4; i++) {
      assertThat(connect("127.0.0.1").shakeHands()).startsWith("HTTP/1.1 101 ");
    }

    String answer = connect("127.0.0.1").shakeHands();
    assertThat(answer).startsWith("HTTP/1.1 429 ").contains("Retry-After: ");
    assertThat(refused("address")).isEqualTo(refused + 1);
    assertThat(connect("127.0.0.2").shakeHands()).startsWith("HTTP/1.1 101 ");

    wires.get(0).close();
    await().until(() -> connect("127.0.0.1").shakeHands().startsWith("HTTP/1.1 101 "));
  }

  @Test
  void anAddressCannotFillTheNodeWithConnectionsThatSayNothing() {
    double refused = refused("address");
    for (int i = 0; i < 29; i++) {
      connect("127.0.0.1");
    }

    await().until(() -> refused("address") > refused + 8);
    assertThat(ops.metric("livehall_push_connections")).isLessThanOrEqualTo(20);
    assertThat(connect("127.0.0.3").shakeHands()).startsWith("HTTP/1.1 101 ");
  }

  @Test
  void aFullNodeTakesNobodyIn() {
    double refused = refused("full");
    for (int i = 0; i < 30; i++) {
      PushWire wire = connect("127.0.1." + (1 + i / 4));
      assertThat(wire.shakeHands()).startsWith("HTTP/1.1 101 ");
    }

    assertThat(connect("127.0.2.1").rest()).isEmpty();
    assertThat(refused("full")).isEqualTo(refused + 1);
    assertThat(ops.metric("livehall_push_connections")).isEqualTo(30);
  }

  private PushWire connect(String from) {
    var wire = new PushWire(server.pushPort(), 0, from);
    wires.add(wire);
    return wire;
  }

  private static double refused(String result) {
    return ops.metric("livehall_push_refused_total{result=\"" + result + "\"}");
  }
}
