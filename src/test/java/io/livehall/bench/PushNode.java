package io.livehall.bench;

import io.livehall.config.LiveConfig;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.StreamUrls;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.push.Limits;
import io.livehall.protocol.push.NewsDesk;
import io.livehall.protocol.push.PushDoor;
import io.livehall.protocol.push.Reception;
import io.livehall.service.Allowances;
import io.livehall.service.Attendance;
import io.livehall.service.Audience;
import io.livehall.service.CountedRooms;
import io.livehall.service.GroupCommit;
import io.livehall.service.LikeCounter;
import io.livehall.service.Likes;
import io.livehall.service.Listing;
import io.livehall.service.Rooms;
import io.livehall.verticle.Meters;
import io.livehall.verticle.PushVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The push of a server as it is, with its defaults, on one event loop; and nothing else of the
 * server. The hall's thread is the same loop.
 */
final class PushNode {
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
  private final LiveConfig config;
  private final Meters meters = new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  private final RoomJson json;
  private final NewsDesk desk;

  PushNode(String port) {
    Map<String, String> changed =
        Map.of("LIVEHALL_PUSH_PORT", port, "LIVEHALL_PUSH_HOST", "127.0.0.1");
    this.config = LiveConfig.load(Optional.empty(), changed);
    var domains = new StreamUrls.Domains("8888", null, null, "live", "http");
    this.json = new RoomJson(new StreamUrls(domains, "push-key", null, Duration.ofDays(1)));
    LiveConfig.Hall hall = config.hall();
    var pace = new NewsDesk.Pace(hall.markEvery(), hall.countBytesPerSecond(), 20, hall.viewsMax());
    this.desk = new NewsDesk(pace, json, id -> Future.failedFuture(nobody()), meters);
  }

  Vertx vertx() {
    return vertx;
  }

  LiveConfig config() {
    return config;
  }

  RoomJson json() {
    return json;
  }

  NewsDesk desk() {
    return desk;
  }

  /** Nobody likes or enters here. */
  private static Reception.Counts counts() {
    var nobody = new NothingCounted();
    var rooms =
        new Rooms(
            null, null, new Listing(), null, new Rooms.Times(Duration.ZERO, Clock.systemUTC()));
    var likes =
        new LikeCounter.Node(
            new Allowances(Duration.ofSeconds(1)),
            new GroupCommit.Limits(1, 1),
            null,
            (what, result, times) -> {});
    return new Reception.Counts(
        new Likes(
            rooms,
            soon -> new LikeCounter(likes, new CountedRooms(nobody, null, new Listing()), soon)),
        new Attendance(
            new Audience(rooms, null, nobody, new GroupCommit.Limits(1, 1)),
            Duration.ofMinutes(1)));
  }

  /** Lets viewers in. The desk must be open. */
  void listen() {
    LiveConfig.Push push = config.push();
    var limits =
        new Limits(
            true,
            push.origins(),
            push.messagesPerMinute(),
            push.helloWithin(),
            push.pingEvery(),
            push.slowFor());
    var reception =
        new Reception(
            "bench",
            limits,
            token -> {
              throw nobody();
            },
            counts(),
            meters);
    var door =
        new PushDoor(
            new PushDoor.Rules(push.connectionsMax(), push.connectionsPerAddress()), meters);
    vertx.deployVerticle(new PushVerticle(push, desk, reception, door)).await();
  }

  private static LiveException nobody() {
    return new LiveException(ErrorCode.UNAVAILABLE, "There is no store here.");
  }
}
