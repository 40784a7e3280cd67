package io.livehall;

import io.livehall.domain.UserId;
import io.livehall.protocol.Tokens;
import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** An app, as a server meets it: HTTP, JSON and tokens. A server that does not answer throws. */
final class App {
  static final String DEFAULT_KEY = "simulated-only-token-key-0123456789abcdef";

  /** Longer than any answer may take, so that a late one is seen and not cut off. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final Tokens TOKENS =
      new Tokens(new Tokens.Own(DEFAULT_KEY, Duration.ofHours(1)), null, Clock.systemUTC());

  private final URI base;

  App(int port) {
    this.base = URI.create("http://127.0.0.1:" + port);
  }

  /** What came back. */
  record Reply(int status, HttpHeaders headers, String body) {
    boolean isGood() {
      return status / 100 == 2;
    }

    JsonObject json() {
      return new JsonObject(body);
    }

    JsonObject room() {
      return json().getJsonObject("room");
    }

    /** The {@code ErrorCode} of a problem. */
    String code() {
      return json().getString("code");
    }
  }

  /** A room as its host knows it. */
  record Own(String id, String host) {
    String stream() {
      return "8888_" + id;
    }

    String path() {
      return "/v1/rooms/" + id;
    }
  }

  static String token(String user) {
    return token(user, Role.USER);
  }

  static String token(String user, Role role) {
    return "Bearer " + TOKENS.issue(new UserId(user), role);
  }

  Own open(String host) {
    return open(host, new JsonObject().put("title", "Room of " + host));
  }

  Own open(String host, JsonObject wish) {
    Reply reply = post("/v1/rooms", token(host), wish.encode());
    if (reply.status() != 201) {
      throw new AssertionError("not opened: " + reply);
    }
    return new Own(reply.room().getString("id"), host);
  }

  /** A room that its host says is live. */
  Own openLive(String host) {
    Own room = open(host);
    good(live(room));
    return room;
  }

  Reply live(Own room) {
    return ofHost(room, "live");
  }

  Reply beat(Own room) {
    return ofHost(room, "heartbeat");
  }

  Reply close(Own room) {
    return ofHost(room, "close");
  }

  Reply edit(Own room, JsonObject patch) {
    return send(request("PATCH", room.path(), token(room.host()), patch.encode()));
  }

  /** The phone begins to push. */
  void up(Own room) {
    good(post("/dev/streams/" + room.stream() + "/up", null, ""));
  }

  /** The phone stops pushing. */
  void down(Own room) {
    good(post("/dev/streams/" + room.stream() + "/down", null, ""));
  }

  JsonObject find(Own room) {
    return good(get(room.path())).room();
  }

  String state(Own room) {
    return find(room).getString("state");
  }

  JsonObject evidence(Own room) {
    return good(get(room.path() + "/evidence", token(room.host()))).json();
  }

  /** The list's answer to a query such as {@code ?limit=5}. */
  JsonObject list(String query) {
    return good(get("/v1/rooms" + query)).json();
  }

  /** The ids of the first hundred rooms of the list. */
  List<String> listed() {
    return ids(list("?limit=100"));
  }

  static List<String> ids(JsonObject page) {
    JsonArray rooms = page.getJsonArray("rooms");
    return rooms.stream().map(room -> ((JsonObject) room).getString("id")).toList();
  }

  Reply get(String path) {
    return get(path, null);
  }

  Reply get(String path, String authorization) {
    return send(request("GET", path, authorization, null));
  }

  Reply post(String path, String authorization, String body) {
    return send(request("POST", path, authorization, body));
  }

  /** One that a test may still change. */
  HttpRequest.Builder request(String method, String path, String authorization, String body) {
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (body == null) {
      return request.method(method, BodyPublishers.noBody());
    }
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
  }

  Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Reply good(Reply reply) {
    if (!reply.isGood()) {
      throw new AssertionError("not good: " + reply);
    }
    return reply;
  }

  /** A figure of {@code /metrics}, by its name and labels; nothing counts as 0. */
  double metric(String name) {
    return good(get("/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  private Reply ofHost(Own room, String what) {
    return post(room.path() + "/" + what, token(room.host()), "");
  }
}
