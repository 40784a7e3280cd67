package io.livehall.tencent;

import io.livehall.config.TencentConfig;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.service.port.StreamCloud;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** The cloud in its present language: API 3.0, {@code live}, of 2018-08-01. */
final class V3Cloud implements StreamCloud {
  static final String ENDPOINT = "https://live.tencentcloudapi.com";

  private static final String SERVICE = "live";
  private static final String VERSION = "2018-08-01";
  private static final int TRIES = 3;

  private final CloudLine line;
  private final TencentConfig config;
  private final Clock clock;
  private final String url;
  private final Tc3Signature signature;

  /** What we do there, and how often in a second the cloud lets us. */
  private enum Action {
    DescribeLiveStreamState(300),
    ForbidLiveStream(200),
    ResumeLiveStream(100);

    private final int perSecond;

    Action(int perSecond) {
      this.perSecond = perSecond;
    }
  }

  V3Cloud(CloudLine line, TencentConfig config, Clock clock) {
    if (config.secretId() == null || config.secretKey() == null) {
      throw new IllegalArgumentException("tencent.secretId and secretKey must be set");
    }
    this.line = line;
    this.config = config;
    this.clock = clock;
    URI endpoint = URI.create(config.endpoint() == null ? ENDPOINT : config.endpoint());
    this.url = CloudLine.base(endpoint) + "/";
    this.signature =
        new Tc3Signature(
            config.secretId(), config.secretKey(), endpoint.getRawAuthority(), SERVICE);
  }

  /** Whatever the cloud does not say clearly is UNKNOWN; a forbidden stream is down. */
  @Override
  public Future<StreamState> state(StreamName stream) {
    return ask(Action.DescribeLiveStreamState, stream)
        .map(
            answer ->
                switch (String.valueOf(answer.getValue("StreamState"))) {
                  case "active" -> StreamState.UP;
                  case "inactive", "forbid" -> StreamState.DOWN;
                  default -> StreamState.UNKNOWN;
                })
        .otherwise(StreamState.UNKNOWN);
  }

  @Override
  public Future<Void> forbid(StreamName stream) {
    return ask(Action.ForbidLiveStream, stream).mapEmpty();
  }

  @Override
  public Future<Void> resume(StreamName stream) {
    return ask(Action.ResumeLiveStream, stream).mapEmpty();
  }

  private Future<JsonObject> ask(Action action, StreamName stream) {
    String body =
        new JsonObject()
            .put("AppName", config.appName())
            .put("DomainName", config.pushHost())
            .put("StreamName", stream.value())
            .encode();
    return line.ask(() -> question(action, body), TRIES).compose(V3Cloud::response);
  }

  private CloudLine.Question question(Action action, String body) {
    Instant now = clock.instant();
    var headers =
        Map.of(
            "authorization", signature.authorization(body, now),
            "content-type", Tc3Signature.CONTENT_TYPE,
            "x-tc-action", action.name(),
            "x-tc-version", VERSION,
            "x-tc-timestamp", Long.toString(now.getEpochSecond()));
    return new CloudLine.Question(
        action.name(), action.perSecond, HttpMethod.POST, url, headers, body);
  }

  /**
   * An error comes with status 200, too. Its message may quote what was sent; its code does not.
   */
  private static Future<JsonObject> response(JsonObject answer) {
    JsonObject response = answer.getJsonObject("Response", new JsonObject());
    JsonObject error = response.getJsonObject("Error");
    if (error != null) {
      return Future.failedFuture(
          new LiveException(
              ErrorCode.UNAVAILABLE, "The cloud refuses: " + error.getString("Code") + "."));
    }
    return Future.succeededFuture(response);
  }
}
