package io.livehall.load;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A server that says what the test tells it to. What it waits for must come within 10 s. */
final class MockServer implements AutoCloseable {
  private static final int WAIT_SECONDS_MAX = 10;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Client> clients = new LinkedBlockingQueue<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Supplier<JsonObject>> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  /** One socket. */
  static final class Client {
    private final ServerWebSocket socket;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();

    private Client(ServerWebSocket socket) {
      this.socket = socket;
      socket.textMessageHandler(heard::add);
      socket.pongHandler(pong -> heard.add("pong " + pong));
      socket.closeHandler(gone -> closed.add(code(socket.closeStatusCode())));
    }

    JsonObject hears() {
      return new JsonObject(hearsText());
    }

    String hearsText() {
      return await(heard);
    }

    int closeCode() {
      return await(closed);
    }

    void says(String text) {
      socket.writeTextMessage(text).await();
    }

    void saysInPieces(String first, String last) {
      socket.writeFrame(WebSocketFrame.textFrame(first, false)).await();
      socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(last), true)).await();
    }

    void pings(String text) {
      socket.writePing(Buffer.buffer(text)).await();
    }

    void closes(int code) {
      socket.close((short) code).await();
    }

    private static int code(Short code) {
      return code == null ? 1006 : code;
    }

    /** Lets it in, and takes what it asks for. */
    JsonObject welcomes() {
      hears();
      says(Sent.welcome());
      return hears();
    }
  }

  MockServer() {
    this.server =
        vertx
            .createHttpServer()
            .webSocketHandler(socket -> clients.add(new Client(socket)))
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .await();
  }

  Place place() {
    String at = "://127.0.0.1:" + server.actualPort();
    return new Place(URI.create("http" + at), URI.create("ws" + at + "/v1/live"));
  }

  /** From now on; a call to which there is no answer gets 404. */
  void answers(String call, Supplier<JsonObject> answer) {
    answers.put(call, answer);
  }

  void answersNoMore(String call) {
    answers.remove(call);
  }

  /** What was called, as {@code POST /v1/rooms}, and the names of the fields of its body. */
  List<String> calls() {
    return calls;
  }

  Client next() {
    return await(clients);
  }

  boolean hasClients() {
    return !clients.isEmpty();
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              String call = request.method() + " " + request.path();
              Set<String> fields = body.length() == 0 ? Set.of() : body.toJsonObject().fieldNames();
              calls.add(fields.isEmpty() ? call : call + " " + String.join(",", fields));
              Supplier<JsonObject> answer = answers.get(call);
              JsonObject json =
                  answer == null ? new JsonObject().put("code", "NOT_FOUND") : answer.get();
              boolean isGood = !json.containsKey("code");
              request.response().setStatusCode(isGood ? 200 : status(json)).end(json.toBuffer());
            });
  }

  private static int status(JsonObject problem) {
    return problem.getString("code").equals("NOT_FOUND") ? 404 : 409;
  }

  private static <T> T await(BlockingQueue<T> queue) {
    try {
      T one = queue.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      if (one == null) {
        throw new AssertionError("nothing came");
      }
      return one;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
