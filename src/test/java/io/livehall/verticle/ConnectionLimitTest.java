package io.livehall.verticle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
  private final Vertx vertx = Vertx.vertx();
  private final ConnectionLimit limit = new ConnectionLimit(2);
  private final HttpServer server =
      await(
          vertx
              .createHttpServer()
              .connectionHandler(limit)
              .requestHandler(request -> request.response().end("ok"))
              .listen(0, "127.0.0.1"));

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void connectionBeyondTheLimitIsClosedAndTheOthersStay() throws IOException {
    try (Socket one = open();
        Socket two = open();
        Socket three = open()) {
      assertThat(isAnswered(one)).isTrue();
      assertThat(isAnswered(two)).isTrue();
      assertThat(isAnswered(three)).isFalse();
      assertThat(isAnswered(one)).isTrue();
    }

    Awaitility.await().until(() -> limit.open() == 0);
    try (Socket again = open()) {
      assertThat(isAnswered(again)).isTrue();
    }
  }

  private Socket open() throws IOException {
    var socket = new Socket("127.0.0.1", server.actualPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static boolean isAnswered(Socket socket) {
    try {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      byte[] answer = new byte[256];
      return socket.getInputStream().read(answer) > 0;
    } catch (IOException closed) {
      return false;
    }
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(20, TimeUnit.SECONDS).await();
  }
}
