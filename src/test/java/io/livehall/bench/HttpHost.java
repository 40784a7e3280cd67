package io.livehall.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host on one connection that stays: opens a room, goes live, closes it, and begins again. So
 * little of HTTP that the load costs next to nothing beside what it measures: one request at a
 * time, answers with a {@code Content-Length}.
 */
final class HttpHost implements Laps.Host {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final Pattern ROOM_ID = Pattern.compile("\"id\":\"(r[0-9a-z]{15})\"");
  static final String ROOM =
      "{\"title\":\"Guitar under the stars\",\"location\":\"Shenzhen\",\"tags\":[\"music\"],"
          + "\"coverUrl\":\"https://img.example.com/cover/1.jpg\",\"host\":{\"name\":\"Mei\"}}";

  private final NetSocket socket;
  private final String token;
  private final StringBuilder received = new StringBuilder();
  private Promise<String> answer = Promise.promise();
  private @Nullable String room;
  private boolean isLive;

  HttpHost(NetSocket socket, String token) {
    this.socket = socket;
    this.token = token;
    socket.handler(this::read);
    socket.closeHandler(closed -> answer.tryFail("the server closed the connection"));
    socket.exceptionHandler(trouble -> answer.tryFail(trouble));
  }

  @Override
  public Future<?> change() {
    if (room == null) {
      return post("/v1/rooms", ROOM).onSuccess(body -> room = idIn(body));
    }
    String path = "/v1/rooms/" + room;
    if (!isLive) {
      isLive = true;
      return post(path + "/live", "");
    }
    room = null;
    isLive = false;
    return post(path + "/close", "");
  }

  private Future<String> post(String path, String body) {
    answer = Promise.promise();
    String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
    socket.write(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
            + token
            + "\r\n"
            + type
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body,
        "ISO-8859-1");
    return answer.future();
  }

  private void read(Buffer data) {
    received.append(data.toString(StandardCharsets.ISO_8859_1));
    int head = received.indexOf("\r\n\r\n");
    if (head < 0) {
      return;
    }
    Matcher length = LENGTH.matcher(received).region(0, head);
    if (!length.find()) {
      answer.tryFail("an answer without Content-Length: " + received);
      return;
    }
    int end = head + 4 + Integer.parseInt(length.group(1));
    if (received.length() < end) {
      return;
    }
    String text = received.substring(0, end);
    received.delete(0, end);
    if (text.startsWith("HTTP/1.1 2")) {
      answer.tryComplete(text.substring(head + 4));
    } else {
      answer.tryFail("not accepted: " + text);
    }
  }

  private static String idIn(String body) {
    Matcher id = ROOM_ID.matcher(body);
    if (!id.find()) {
      throw new IllegalStateException("no room in " + body);
    }
    return id.group(1);
  }
}
