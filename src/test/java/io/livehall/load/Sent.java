package io.livehall.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Frames as a server sends them. */
final class Sent {
  static final String CHANNEL = "hall:newest:3";
  static final String EPOCH = "k3v9";

  private Sent() {}

  static JsonObject room(String id, long version) {
    return new JsonObject()
        .put("id", id)
        .put("state", "live")
        .put("title", id + " v" + version)
        .put("viewers", 0)
        .put("likes", 0)
        .put("version", version);
  }

  static String welcome() {
    return "{\"t\":\"welcome\",\"node\":\"n1\",\"epoch\":\"k3v9\",\"limits\":{\"subs\":8}}";
  }

  static String snap(long seq, JsonObject... rooms) {
    return snap(EPOCH, seq, rooms);
  }

  static String snap(String epoch, long seq, JsonObject... rooms) {
    return of("snap")
        .put("ch", CHANNEL)
        .put("epoch", epoch)
        .put("seq", seq)
        .put("total", rooms.length)
        .put("rooms", new JsonArray(List.of(rooms)))
        .encode();
  }

  /** A delta in which nothing has changed yet. */
  static JsonObject delta(long prev, long seq) {
    return of("delta")
        .put("ch", CHANNEL)
        .put("prev", prev)
        .put("seq", seq)
        .put("total", 3)
        .put("up", new JsonArray())
        .put("rm", new JsonArray());
  }

  static JsonObject gone(String id, String why) {
    return new JsonObject().put("id", id).put("why", why);
  }

  static String mark(long seq, int count, String hash) {
    return mark(CHANNEL, seq, count, hash);
  }

  static String mark(String channel, long seq, int count, String hash) {
    return of("mark")
        .put("ch", channel)
        .put("epoch", EPOCH)
        .put("seq", seq)
        .put("count", count)
        .put("hash", hash)
        .encode();
  }

  static String count(String id, long viewers, long likes) {
    return of("count").put("rooms", JsonArray.of(JsonArray.of(id, viewers, likes))).encode();
  }

  static String roomIs(long seq, JsonObject room) {
    return of("room")
        .put("ch", "room:" + room.getString("id"))
        .put("seq", seq)
        .put("room", room)
        .encode();
  }

  static String changed(long seq, JsonObject room) {
    return of("changed").put("room", room).put("seq", seq).encode();
  }

  static String notice(String type, String id, long seq) {
    return of(type).put("room", id).put("seq", seq).put("reason", "HOST_ENDED").encode();
  }

  static String moved(String type, String room, String... names) {
    var users = new JsonArray();
    for (String name : names) {
      users.add(new JsonObject().put("id", name).put("name", name).putNull("avatarUrl"));
    }
    return of(type).put("room", room).put("users", users).encode();
  }

  private static JsonObject of(String type) {
    return new JsonObject().put("t", type);
  }
}
