package io.livehall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** HTTP as no client would send it: the bytes of a request, and the answer up to its end. */
final class RawCall {
  private static final int PATIENCE_MILLIS = 10_000;

  private final int port;

  RawCall(int port) {
    this.port = port;
  }

  /** What was answered to a request without a body; what is sent is text of bytes. */
  String get(String target) {
    return send(
        ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .getBytes(ISO_8859_1));
  }

  /** A body without its length, in pieces. */
  String chunked(String method, String path, String authorization, byte[] body) {
    var bytes = new ByteArrayOutputStream();
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
            + authorization
            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    bytes.writeBytes(head.getBytes(ISO_8859_1));
    int piece = 8_000;
    for (int at = 0; at < body.length; at += piece) {
      int length = Math.min(piece, body.length - at);
      bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      bytes.write(body, at, length);
      bytes.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    bytes.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    return send(bytes.toByteArray());
  }

  static int status(String answer) {
    return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
  }

  private String send(byte[] request) {
    try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
