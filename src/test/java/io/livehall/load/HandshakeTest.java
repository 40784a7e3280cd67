package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private final Handshake handshake = new Handshake();

  @Test
  void acceptIsThatOfTheStandard() {
    // RFC 6455, section 1.3
    assertThat(Handshake.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void asksForThePathOfTheAddress() {
    String request = handshake.request(URI.create("ws://example.org:8082/v1/live?a=b"));

    assertThat(request)
        .startsWith("GET /v1/live?a=b HTTP/1.1\r\nHost: example.org:8082\r\n")
        .contains("Sec-WebSocket-Protocol: livehall.v1\r\n")
        .endsWith("\r\n\r\n");
    assertThat(handshake.request(URI.create("ws://example.org"))).startsWith("GET / HTTP/1.1\r\n");
  }

  @Test
  void takesTheAnswerToItsOwnKeyOnly() {
    assertThat(handshake.fault(answer(Handshake.accept(key())))).isNull();
    assertThat(handshake.fault(answer(Handshake.accept("another"))))
        .isEqualTo("a wrong Sec-WebSocket-Accept");
    assertThat(handshake.fault("HTTP/1.1 101 Switching Protocols\r\n\r\n"))
        .isEqualTo("no Sec-WebSocket-Accept");
  }

  @Test
  void tellsTheStatusOfARefusal() {
    assertThat(handshake.fault("HTTP/1.1 403 Forbidden\r\n\r\n")).isEqualTo("HTTP 403");
    assertThat(handshake.fault("SSH-2.0\r\n\r\n")).isEqualTo("no answer of HTTP/1.1");
  }

  private String key() {
    Matcher key =
        Pattern.compile("Sec-WebSocket-Key: (\\S+)\r\n")
            .matcher(handshake.request(URI.create("ws://example.org/")));
    assertThat(key.find()).isTrue();
    return key.group(1);
  }

  private static String answer(String accept) {
    return "HTTP/1.1 101 Switching Protocols\r\nsec-websocket-accept: " + accept + "\r\n\r\n";
  }
}
