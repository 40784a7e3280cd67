package io.livehall.tencent;

import io.livehall.TestStores;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands where callbacks are posted to, writes them down, and answers 200 if it is not told
 * otherwise.
 */
final class Receiver {
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final HttpServer server;

  Receiver(Vertx vertx) {
    server =
        TestStores.await(
            vertx.createHttpServer().requestHandler(this::receive).listen(0, "127.0.0.1"));
  }

  List<String> posted() {
    return posted;
  }

  void refuseNext(int count) {
    refusals.set(count);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/callback/tencent");
  }

  void close() {
    TestStores.await(server.close());
  }

  private void receive(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              posted.add(body.toString());
              boolean isRefused = refusals.getAndDecrement() > 0;
              request.response().setStatusCode(isRefused ? 503 : 200).end();
            });
  }
}
