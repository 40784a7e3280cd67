package io.livehall.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;

/** A host who goes on air and ends, through the API; each call is answered before the next. */
final class OneHost {
  private final PlainHttp http;
  private final String token;

  OneHost(PlainHttp http, String user) {
    this.http = http;
    this.token = HttpRate.token(user);
  }

  /** The id of a room that is live. */
  String goLive() throws IOException {
    String opened = http.post("/v1/rooms", token, HttpHost.ROOM);
    String id = new JsonObject(opened).getJsonObject("room").getString("id");
    http.post("/v1/rooms/" + id + "/live", token, "");
    return id;
  }

  /** When it was decided that the room is over, which is just before it was committed. */
  Instant end(String room) throws IOException {
    String closed = http.post("/v1/rooms/" + room + "/close", token, "");
    return Instant.parse(new JsonObject(closed).getJsonObject("room").getString("closedAt"));
  }
}
