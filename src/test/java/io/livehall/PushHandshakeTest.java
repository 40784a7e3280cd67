package io.livehall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The request that becomes a WebSocket, and those that do not. */
class PushHandshakeTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theSubprotocolIsEchoedWhereItIsOffered() {
    assertThat(answer("Sec-WebSocket-Protocol: livehall.v1"))
        .contains("Sec-WebSocket-Protocol: livehall.v1\r\n");
    assertThat(answer("Sec-WebSocket-Protocol: other, livehall.v1"))
        .contains("Sec-WebSocket-Protocol: livehall.v1\r\n");
    assertThat(answer("Sec-WebSocket-Protocol: other")).doesNotContain("Protocol:");
    assertThat(answer()).startsWith("HTTP/1.1 101 ").doesNotContain("Protocol:");
  }

  @Test
  void noExtensionIsAccepted() {
    String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

    assertThat(answer(offer)).startsWith("HTTP/1.1 101 ").doesNotContain("Extensions");
  }

  @Test
  void theAnswerProvesThatTheKeyWasRead() {
    assertThat(answer()).contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
  }

  @Test
  void whatIsSaidRightBehindTheHandshakeIsHeard() {
    try (PushWire wire = new PushWire(server.pushPort())) {
      byte[] hello = "{\"t\":\"hello\"}".getBytes(ISO_8859_1);
      byte[] mask = {0, 0, 0, 0};
      String start = PushWire.request() + "\u0081" + (char) (0x80 | hello.length);
      wire.send(
          (start + new String(mask, ISO_8859_1) + new String(hello, ISO_8859_1))
              .getBytes(ISO_8859_1));

      assertThat(wire.head()).startsWith("HTTP/1.1 101 ");
      assertThat(new String(wire.next(Duration.ofSeconds(5)).payload(), ISO_8859_1))
          .contains("welcome");
    }
  }

  static Stream<Arguments> brokenHandshakes() {
    String good = PushWire.request();
    String key = "Sec-WebSocket-Key: .*\r\n";
    return Stream.of(
        arguments("elsewhere", "GET / HTTP/1.1\r\n\r\n", 404),
        arguments("nearly there", good.replace("/v1/live", "/v1/live/"), 404),
        arguments("a browser's page", "GET /v1/live HTTP/1.1\r\nHost: a\r\n\r\n", 426),
        arguments("POST", good.replace("GET", "POST"), 426),
        arguments("an old version", good.replace("Version: 13", "Version: 8"), 426),
        arguments("no Upgrade", good.replace("Upgrade: websocket\r\n", ""), 426),
        arguments("no Connection", good.replace("Connection: Upgrade\r\n", ""), 426),
        arguments("no key", good.replaceAll(key, ""), 400),
        arguments("a short key", good.replaceAll(key, "Sec-WebSocket-Key: abc\r\n"), 400),
        arguments("a body", "POST /v1/live HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 426),
        arguments("TLS", "\u0016\u0003\u0001\u0002 no TLS here\r\n\r\n", 400),
        arguments("a long path", "GET /" + "a".repeat(4000) + " HTTP/1.1\r\n\r\n", 400),
        arguments("long headers", PushWire.request("Cookie: " + "a".repeat(9000)), 400));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenHandshakes")
  void aBrokenHandshakeIsToldWhyAndEnds(String name, String request, int status) {
    double refused = refused();
    try (PushWire wire = new PushWire(server.pushPort())) {
      wire.send(request.getBytes(ISO_8859_1));
      String answer = wire.rest();

      assertThat(RawCall.status(answer)).isEqualTo(status);
      assertThat(answer).contains("Connection: close\r\n").contains("Content-Type: text/plain\r\n");
      int length = Integer.parseInt(answer.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
      assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(length).endsWith(".\n");
      assertThat(refused()).isEqualTo(refused + 1);
    }
  }

  @Test
  void onlyTheFirstRequestIsAnswered() {
    double refused = refused();
    try (PushWire wire = new PushWire(server.pushPort())) {
      wire.send("GET / HTTP/1.1\r\n\r\n".repeat(3).getBytes(ISO_8859_1));

      assertThat(wire.rest().split("HTTP/1.1 ")).hasSize(2);
      assertThat(refused()).isEqualTo(refused + 1);
    }
  }

  @Test
  void aQueryBehindThePathDoesNoHarm() {
    try (PushWire wire = new PushWire(server.pushPort())) {
      wire.send(PushWire.request().replace("/v1/live", "/v1/live?from=app").getBytes(ISO_8859_1));

      assertThat(wire.head()).startsWith("HTTP/1.1 101 ");
    }
  }

  private static String answer(String... headers) {
    try (PushWire wire = new PushWire(server.pushPort())) {
      return wire.shakeHands(headers);
    }
  }

  private static double refused() {
    return server.ops().metric("livehall_push_refused_total{result=\"handshake\"}");
  }
}
