package io.livehall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP on one connection that stays, one call at a time, each written at once: the C program reads
 * a request in one piece.
 */
final class PlainHttp implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  PlainHttp(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  String get(String path) throws IOException {
    return call("GET " + path, "", "");
  }

  String post(String path, String body) throws IOException {
    return call("POST " + path, "", body);
  }

  String post(String path, String token, String body) throws IOException {
    return call("POST " + path, "Authorization: Bearer " + token + "\r\n", body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String call(String what, String headers, String body) throws IOException {
    byte[] content = body.getBytes(UTF_8);
    String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
    String length = what.startsWith("GET") ? "" : "Content-Length: " + content.length + "\r\n";
    String request =
        what + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + type + length + "\r\n" + body;
    out.write(request.getBytes(UTF_8));
    String head = head();
    Matcher declared = LENGTH.matcher(head);
    byte[] answer = in.readNBytes(declared.find() ? Integer.parseInt(declared.group(1)) : 0);
    String text = new String(answer, UTF_8);
    if (!head.startsWith("HTTP/1.1 2")) {
      throw new IllegalStateException(what + " was answered: " + head + text);
    }
    return text;
  }

  private String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
