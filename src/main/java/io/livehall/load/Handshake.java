package io.livehall.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The client's half of RFC 6455, section 4, for one socket. */
final class Handshake {
  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final String key;

  Handshake() {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  String request(URI address) {
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return "GET "
        + path
        + query
        + " HTTP/1.1\r\nHost: "
        + address.getRawAuthority()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
        + "\r\nSec-WebSocket-Protocol: livehall.v1\r\nSec-WebSocket-Key: "
        + key
        + "\r\n\r\n";
  }

  /** What is wrong with the answer's head; null where nothing is. */
  @Nullable String fault(String head) {
    String[] lines = head.split("\r\n", -1);
    String[] status = lines[0].split(" ", 3);
    if (status.length < 2 || !status[0].equals("HTTP/1.1")) {
      return "no answer of HTTP/1.1";
    }
    if (!status[1].equals("101")) {
      return "HTTP " + (status[1].matches("[0-9]{3}") ? status[1] : "without a status");
    }
    for (String line : lines) {
      if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-accept:")) {
        boolean isOurs = line.substring(line.indexOf(':') + 1).strip().equals(accept(key));
        return isOurs ? null : "a wrong Sec-WebSocket-Accept";
      }
    }
    return "no Sec-WebSocket-Accept";
  }

  static String accept(String key) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-1")
              .digest((key + SALT).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
