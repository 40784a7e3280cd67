package io.livehall.protocol.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** HTTP by hand, for what a decent client would not send. */
final class RawHttp {
  private static final int PATIENCE_MS = 10_000;

  private RawHttp() {}

  static String firstLine(int port, String request) {
    String answer = exchange(port, request, "\r\n", 1);
    return answer.substring(0, answer.indexOf('\r'));
  }

  /** What comes back until {@code mark} was read {@code times} times, or the server closes. */
  static String exchange(int port, String request, String mark, int times) {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      var answer = new StringBuilder();
      byte[] part = new byte[8192];
      while (count(answer, mark) < times) {
        int length = socket.getInputStream().read(part);
        if (length < 0) {
          break;
        }
        answer.append(new String(part, 0, length, ISO_8859_1));
      }
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int count(StringBuilder text, String mark) {
    int count = 0;
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      count++;
    }
    return count;
  }
}
