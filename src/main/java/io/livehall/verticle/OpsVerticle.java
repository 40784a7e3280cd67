package io.livehall.verticle;

import io.livehall.config.LiveConfig;
import io.livehall.service.Health;
import io.livehall.service.port.Housekeeping;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** For those who run the server: is it alive, can it work, and what does it do. */
public final class OpsVerticle extends VerticleBase {
  private static final long CENSUS_EVERY_MS = 5_000;

  private final LiveConfig.Ops config;
  private final Health health;
  private final PrometheusMeterRegistry registry;
  private final Housekeeping house;
  private final Map<String, Long> roomsByState = new ConcurrentHashMap<>();
  private @Nullable HttpServer server;

  public OpsVerticle(
      LiveConfig.Ops config, Health health, PrometheusMeterRegistry registry, Housekeeping house) {
    this.config = config;
    this.health = health;
    this.registry = registry;
    this.house = house;
  }

  @Override
  public Future<?> start() {
    var meters = new Meters(registry);
    for (String state : new String[] {"created", "live", "interrupted"}) {
      meters.watch("rooms", "state", state, s -> roomsByState.getOrDefault(s, 0L));
    }
    vertx.setPeriodic(0, CENSUS_EVERY_MS, tick -> house.openRooms().onSuccess(this::counted));
    HttpServer opening = vertx.createHttpServer().requestHandler(this::answer);
    server = opening;
    return opening.listen(config.port(), config.host());
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  private void counted(Map<String, Long> rooms) {
    roomsByState.clear();
    roomsByState.putAll(rooms);
  }

  private void answer(HttpServerRequest request) {
    switch (request.path() == null ? "" : request.path()) {
      case "/livez" -> request.response().putHeader("Content-Type", "text/plain").end("ok\n");
      case "/readyz" -> health.report().onSuccess(report -> ready(request, report));
      case "/metrics" ->
          request
              .response()
              .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
              .end(registry.scrape());
      default -> request.response().setStatusCode(404).end();
    }
  }

  private static void ready(HttpServerRequest request, Health.Report report) {
    var checks = new JsonArray();
    report
        .checks()
        .forEach(
            check ->
                checks.add(
                    new JsonObject()
                        .put("name", check.name())
                        .put("well", check.well())
                        .put("detail", check.detail())));
    boolean isReady = NodeHealth.isReady(report);
    request
        .response()
        .setStatusCode(isReady ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(
            new JsonObject()
                    .put("ready", isReady)
                    .put("well", report.isWell())
                    .put("node", report.node())
                    .put("checks", checks)
                    .encodePrettily()
                + "\n");
  }
}
