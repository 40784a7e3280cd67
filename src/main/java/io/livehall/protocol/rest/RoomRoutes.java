package io.livehall.protocol.rest;

import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.hall.ListedRoom;
import io.livehall.protocol.JsonText;
import io.livehall.protocol.RoomJson;
import io.livehall.service.Listing;
import io.livehall.service.Rooms;
import io.vertx.core.Future;
import java.util.Map;

/** Rooms, one at a time. */
final class RoomRoutes {
  private final Rooms rooms;
  private final Listing listing;
  private final RoomJson json;
  private final RestSettings.ForApps forApps;

  RoomRoutes(Rooms rooms, Listing listing, RoomJson json, RestSettings.ForApps forApps) {
    this.rooms = rooms;
    this.listing = listing;
    this.json = json;
    this.forApps = forApps;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "openRoom", this::open,
        "goLive", this::goLive,
        "heartbeat", this::heartbeat,
        "freshPushUrl", this::freshPush,
        "editRoom", this::edit,
        "closeRoom", this::close,
        "findRoom", this::find,
        "roomSummary", this::summary,
        "roomEvidence", this::evidence);
  }

  private Future<Answer> open(Call call) {
    RoomInput.Opening wanted = RoomInput.opening(call.input(), call.user());
    return rooms
        .open(wanted.host(), wanted.info(), wanted.attempt(call.idempotencyKey()))
        .map(
            opened ->
                Answer.created(
                        room(opened.room())
                            .put("push", RoomJson.push(opened.push()))
                            .put("heartbeatSeconds", forApps.heartbeatSeconds()))
                    .secret());
  }

  private Future<Answer> goLive(Call call) {
    return rooms.goLive(call.room(), call.user()).map(room -> Answer.of(room(room)));
  }

  private Future<Answer> heartbeat(Call call) {
    return rooms.beat(call.room(), call.user()).map(room -> Answer.nothing());
  }

  private Future<Answer> freshPush(Call call) {
    return rooms
        .freshPush(call.room(), call.user())
        .map(push -> Answer.of(RoomJson.push(push)).secret());
  }

  private Future<Answer> edit(Call call) {
    RoomId id = call.room();
    return rooms
        .edit(id, call.user(), RoomInput.patch(call.patch()))
        .map(room -> Answer.of(room(room)));
  }

  private Future<Answer> close(Call call) {
    return rooms
        .end(call.room(), call.user())
        .map(room -> Answer.of(room(room).put("summary", RoomJson.summary(room.summary()))));
  }

  /** A live room is in memory, encoded; only the others are asked for. */
  private Future<Answer> find(Call call) {
    RoomId id = call.room();
    ListedRoom listed = listing.isLoaded() ? listing.now().find(id) : null;
    return listed == null
        ? rooms.find(id).map(room -> Answer.of(room(room)))
        : Future.succeededFuture(Answer.of(ListPage.render(listed)));
  }

  private Future<Answer> summary(Call call) {
    return rooms
        .summary(call.room())
        .map(summary -> Answer.of(new JsonText().put("summary", RoomJson.summary(summary))));
  }

  private Future<Answer> evidence(Call call) {
    var asker = new Rooms.Asker(call.user(), call.caller().role().moderates());
    return rooms.evidence(call.room(), asker).map(room -> Answer.of(EvidenceJson.object(room)));
  }

  private JsonText room(Room room) {
    return new JsonText().put("room", json.text(room));
  }
}
