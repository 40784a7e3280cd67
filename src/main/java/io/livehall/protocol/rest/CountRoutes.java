package io.livehall.protocol.rest;

import io.livehall.domain.RoomId;
import io.livehall.domain.Viewer;
import io.livehall.protocol.Input;
import io.livehall.protocol.JsonText;
import io.livehall.protocol.TextRule;
import io.livehall.service.Audience;
import io.livehall.service.Likes;
import io.livehall.service.port.CounterStore.Members;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** What is counted of a room: likes, and who is in it. */
final class CountRoutes {
  private static final Set<String> KNOWN = Set.of("limit", "cursor");

  private final Likes likes;
  private final Audience audience;

  CountRoutes(Likes likes, Audience audience) {
    this.likes = likes;
    this.audience = audience;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "likeRoom", this::like,
        "listViewers", this::list,
        "enterRoom", this::enter,
        "leaveRoom", this::leave,
        "stayInRoom", this::stay);
  }

  /** Most likes take a shorter way, {@link LikeRoute}. */
  private Future<Answer> like(Call call) {
    RoomId room = call.room();
    int count = LikeRoute.count(call.optionalInput());
    return likes
        .like(room, call.user(), count)
        .map(accepted -> Answer.of(new JsonText().put("accepted", accepted)));
  }

  private Future<Answer> enter(Call call) {
    RoomId room = call.room();
    Input input = call.optionalInput();
    String name = input.text("name", TextRule.NAME);
    String avatarUrl = input.text("avatarUrl", TextRule.HTTP_URL);
    input.done();
    return audience
        .enter(room, new Viewer(call.user(), name, avatarUrl))
        .map(entered -> Answer.nothing());
  }

  private Future<Answer> stay(Call call) {
    return audience
        .stay(call.room(), new Viewer(call.user(), null, null))
        .map(here -> Answer.nothing());
  }

  private Future<Answer> leave(Call call) {
    return audience.leave(call.room(), call.user()).map(left -> Answer.nothing());
  }

  private Future<Answer> list(Call call) {
    RoomId room = call.room();
    Query query = Query.of(call.query(), KNOWN);
    int limit = query.limit();
    ViewersCursor after = query.cursor(ViewersCursor::parse);
    query.done();
    return audience
        .members(room, after == null ? 0 : after.number(), limit)
        .map(members -> Answer.of(page(members)));
  }

  private static JsonObject page(Members members) {
    var viewers = new JsonArray();
    members.viewers().forEach(viewer -> viewers.add(shown(viewer)));
    return new JsonObject()
        .put("viewers", viewers)
        .put("total", members.total())
        .put("nextCursor", members.next().map(at -> new ViewersCursor(at).text()).orElse(null));
  }

  /** Who gave no name is shown by his id. */
  private static JsonObject shown(Viewer viewer) {
    String id = viewer.id().value();
    return new JsonObject()
        .put("id", id)
        .put("name", viewer.name() == null ? id : viewer.name())
        .put("avatarUrl", viewer.avatarUrl());
  }
}
