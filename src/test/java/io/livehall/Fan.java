package io.livehall;

import io.livehall.service.Role;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Somebody who comes to rooms, and likes them, over REST.
 *
 * @param token what he shows at the door; null for nothing
 */
record Fan(App app, String token) {
  Fan(App app, String user, Role role) {
    this(app, App.token(user, role));
  }

  static Fan of(App app, String user) {
    return new Fan(app, user, Role.USER);
  }

  App.Reply like(App.Own room, int count) {
    return like(room, new JsonObject().put("count", count).encode());
  }

  App.Reply like(App.Own room, String body) {
    return app.post(room.path() + "/likes", token, body);
  }

  /** How many of the likes were taken. */
  int liked(App.Own room, int count) {
    return App.good(like(room, count)).json().getInteger("accepted");
  }

  App.Reply enter(App.Own room) {
    return send("PUT", room, "", null);
  }

  App.Reply enter(App.Own room, String name) {
    return send("PUT", room, "", new JsonObject().put("name", name).encode());
  }

  App.Reply stay(App.Own room) {
    return send("POST", room, "/heartbeat", null);
  }

  App.Reply leave(App.Own room) {
    return send("DELETE", room, "", null);
  }

  /** Who is in the room, as far as a query such as {@code ?limit=5} asks. */
  static JsonObject page(App app, App.Own room, String query) {
    return App.good(app.get(room.path() + "/viewers" + query)).json();
  }

  /** The names of those on a page. */
  static List<String> names(JsonObject page) {
    return page.getJsonArray("viewers").stream()
        .map(viewer -> ((JsonObject) viewer).getString("name"))
        .toList();
  }

  private App.Reply send(String method, App.Own room, String more, String body) {
    return app.send(app.request(method, room.path() + "/viewers/me" + more, token, body));
  }
}
