package io.livehall.load;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One who broadcasts: opens a room, edits it, closes it. Does one thing at a time; calls block. A
 * node that gives no answer is left for the next.
 */
final class Host {
  private final Scene scene;
  private final Api api;
  private final Pass pass;
  private final int number;
  private int placeIndex;
  private int edits;
  private @Nullable Own own;

  /**
   * His room.
   *
   * @param beatSeconds how often the server wants to hear of him
   */
  private record Own(String id, String stream, long beatSeconds) {
    String path(String what) {
      return "/v1/rooms/" + id + what;
    }
  }

  Host(Scene scene, Api api, Pass pass, int number) {
    this.scene = scene;
    this.api = api;
    this.pass = pass;
    this.number = number;
    this.placeIndex = number;
  }

  boolean hasRoom() {
    return own != null;
  }

  /** How often he is to send a heartbeat; 0 for never. */
  long beatSeconds() {
    return own == null ? 0 : own.beatSeconds;
  }

  /** Opens a room and goes live. */
  void open() {
    var body = new JsonObject().put("title", "Load " + number).put("tags", List.of("load"));
    String key = UUID.randomUUID().toString();
    var call = new Api.Call("POST", "/v1/rooms", null, body, key);
    Api.Reply reply = call(call);
    if (reply.status() == Api.Reply.NO_ANSWER) {
      // It may have been opened: the same key gives the same room.
      reply = call(call);
    }
    if (!reply.isGood()) {
      return;
    }
    Own opened = read(reply.json());
    own = opened;
    scene.journal().sent(Step.Kind.LISTED, opened.id, "");
    boolean sayLive = scene.options().hosts().sayLive();
    Api.Reply live = post(sayLive ? opened.path("/live") : "/dev/streams/" + opened.stream + "/up");
    if (live.isGood()) {
      scene.stage().add(opened.id);
    } else if (live.status() == 404 && !sayLive) {
      throw new LoadException(
          "the server has no simulated cloud (POST /dev/streams/…/up answers 404): use --say-live");
    }
  }

  void edit() {
    Own room = own;
    if (room == null) {
      return;
    }
    String title = "Load " + number + ", edit " + ++edits;
    scene.journal().sent(Step.Kind.EDITED, room.id, title);
    var body = new JsonObject().put("title", title);
    told(room, call(new Api.Call("PATCH", room.path(""), null, body, null)));
  }

  void close() {
    Own room = own;
    if (room == null) {
      return;
    }
    scene.stage().remove(room.id);
    scene.journal().sent(Step.Kind.CLOSED, room.id, "");
    Api.Reply reply = post(room.path("/close"));
    if (reply.status() == Api.Reply.NO_ANSWER) {
      reply = post(room.path("/close"));
    }
    if (!reply.isGood()) {
      return;
    }
    own = null;
    Long closedAt = closedAt(reply.json().getJsonObject("room"));
    if (closedAt != null) {
      scene.journal().closedAt(room.id, closedAt);
    }
    if (!scene.options().hosts().sayLive()) {
      post("/dev/streams/" + room.stream + "/down");
    }
  }

  void beat() {
    Own room = own;
    if (room != null) {
      told(room, post(room.path("/heartbeat")));
    }
  }

  /** A room that the server has closed is the host's no more. */
  private void told(Own room, Api.Reply reply) {
    if (reply.code().equals("ROOM_CLOSED")) {
      scene.stage().remove(room.id);
      own = null;
    }
  }

  private Api.Reply post(String path) {
    return call(Api.Call.post(path, (String) null));
  }

  private Api.Reply call(Api.Call call) {
    Api.Reply reply = once(call);
    if (reply.code().equals("TOKEN_EXPIRED")) {
      pass.renew();
      reply = once(call);
    }
    scene.tally().name("call", reply.isGood() ? "well" : reply.code());
    if (reply.status() == Api.Reply.NO_ANSWER) {
      placeIndex++;
    }
    return reply;
  }

  private Api.Reply once(Api.Call call) {
    boolean isForAnyone = call.path().startsWith("/dev/");
    var named =
        new Api.Call(
            call.method(),
            call.path(),
            isForAnyone ? null : pass.token(),
            call.body(),
            call.idempotencyKey());
    long begun = System.nanoTime();
    Api.Reply reply = api.call(scene.place(placeIndex).base(), named);
    scene.tally().time(Tally.Time.HOST_CALL).addNanos(System.nanoTime() - begun);
    return reply;
  }

  private static Own read(JsonObject opened) {
    String id = opened.getJsonObject("room").getString("id");
    String push = opened.getJsonObject("push").getString("url");
    String path = push.replaceFirst("\\?.*", "");
    String stream = path.substring(path.lastIndexOf('/') + 1);
    return new Own(id, stream, opened.getLong("heartbeatSeconds", 0L));
  }

  private static @Nullable Long closedAt(@Nullable JsonObject room) {
    try {
      String text = room == null ? null : room.getString("closedAt");
      return text == null ? null : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
