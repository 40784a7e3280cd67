package io.livehall.load;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** REST calls. Each waits 3 s for a connection and 10 s for an answer. */
final class Api {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .build();

  /** A call; token and body may be absent. */
  record Call(
      String method,
      String path,
      @Nullable String token,
      @Nullable JsonObject body,
      @Nullable String idempotencyKey) {
    static Call get(String path) {
      return new Call("GET", path, null, null, null);
    }

    static Call post(String path, @Nullable String token) {
      return new Call("POST", path, token, null, null);
    }

    static Call post(String path, JsonObject body) {
      return new Call("POST", path, null, body, null);
    }
  }

  /**
   * What came back.
   *
   * @param status 0 where nothing came
   */
  record Reply(int status, JsonObject json, Optional<Long> retryAfterSeconds) {
    static final int NO_ANSWER = 0;

    boolean isGood() {
      return status / 100 == 2;
    }

    /** The server's code for what went wrong, or the status. */
    String code() {
      return status == NO_ANSWER
          ? "NO_ANSWER"
          : json.getValue("code") instanceof String code ? code : "HTTP " + status;
    }

    String detail() {
      return code() + " " + json.getValue("detail", "");
    }
  }

  Reply call(URI base, Call call) {
    try {
      HttpResponse<String> response = client.send(request(base, call), BodyHandlers.ofString());
      Optional<Long> wait =
          response
              .headers()
              .firstValue("Retry-After")
              .filter(t -> t.matches("[0-9]{1,6}"))
              .map(Long::valueOf);
      return new Reply(response.statusCode(), json(response.body()), wait);
    } catch (IOException e) {
      return nothing(e.getMessage() == null ? "no connection" : e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return nothing("interrupted");
    }
  }

  private static HttpRequest request(URI base, Call call) {
    var request = HttpRequest.newBuilder(URI.create(base + call.path)).timeout(ANSWER_MAX);
    if (call.token != null) {
      request.header("Authorization", "Bearer " + call.token);
    }
    if (call.idempotencyKey != null) {
      request.header("Idempotency-Key", call.idempotencyKey);
    }
    if (call.body == null) {
      return request.method(call.method, BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(call.method, BodyPublishers.ofString(call.body.encode()))
        .build();
  }

  private static Reply nothing(String why) {
    return new Reply(Reply.NO_ANSWER, new JsonObject().put("detail", why), Optional.empty());
  }

  private static JsonObject json(String body) {
    try {
      return body.isBlank() ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      return new JsonObject();
    }
  }
}
