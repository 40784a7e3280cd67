package io.livehall.protocol.rest;

import io.livehall.hall.Hall;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.Times;
import io.livehall.service.Health;
import io.livehall.service.Listing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an app, or a person, needs to know of this server. */
final class StatusRoutes {
  private final Health health;
  private final Listing listing;
  private final RestSettings settings;
  private final Guard guard;

  StatusRoutes(Health health, Listing listing, RestSettings settings, Guard guard) {
    this.health = health;
    this.listing = listing;
    this.settings = settings;
    this.guard = guard;
  }

  Map<String, Operation> operations() {
    return Map.of("config", this::config, "status", this::status);
  }

  private Future<Answer> config(Call call) {
    return Future.succeededFuture(
        Answer.of(
            new JsonObject()
                .put("pushUrl", settings.forApps().pushUrl(call))
                .put("heartbeatSeconds", settings.forApps().heartbeatSeconds())
                .put("pageSize", settings.forApps().pageSize())));
  }

  private Future<Answer> status(Call call) {
    boolean showsList = listing.isLoaded() && guard.mayView(call.authorization());
    @Nullable Hall hall = showsList ? listing.now() : null;
    return health.report().map(report -> Answer.of(render(report, hall)));
  }

  /** What is not known yet, or not for everyone, is null. */
  private static JsonObject render(Health.Report report, @Nullable Hall hall) {
    var checks = new JsonObject();
    for (Health.Check check : report.checks()) {
      checks.put(
          check.name(), new JsonObject().put("well", check.well()).put("detail", check.detail()));
    }
    return new JsonObject()
        .put("name", "Livehall")
        .put("version", report.version())
        .put("node", report.node())
        .put("well", report.isWell())
        .put("checks", checks)
        .put("liveRooms", hall == null ? null : hall.size())
        .put("asOf", hall == null ? null : RoomJson.position(hall.at()))
        .put("startedAt", Times.text(report.startedAt()))
        .put("mode", report.mode());
  }
}
