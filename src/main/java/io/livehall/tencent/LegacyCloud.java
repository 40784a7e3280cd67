package io.livehall.tencent;

import io.livehall.config.Secret;
import io.livehall.config.TencentConfig;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.service.port.StreamCloud;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The cloud in its first language: {@code common_access}, signed with the key of the API. */
final class LegacyCloud implements StreamCloud {
  static final String ENDPOINT = "http://fcgi.video.qcloud.com";

  private static final Duration SIGNED_FOR = Duration.ofMinutes(1);
  private static final int TRIES = 3;

  /** It names no rates; so many were never refused. */
  private static final int PER_SECOND = 100;

  private static final int OK = 0;
  private static final int NEVER_PUSHED = 20601;
  private static final int ON = 1;

  /** Interrupted, and forbidden. */
  private static final Set<Integer> DOWN = Set.of(0, 3);

  /** What is no number. */
  private static final int NONE = -1;

  private static final int FORBID = 0;
  private static final int ALLOW = 1;

  private final CloudLine line;
  private final String appId;
  private final Secret apiKey;
  private final Clock clock;
  private final String base;

  LegacyCloud(CloudLine line, TencentConfig config, Clock clock) {
    if (config.appId() == null || config.apiKey() == null) {
      throw new IllegalArgumentException("tencent.appId and apiKey must be set");
    }
    this.line = line;
    this.appId = config.appId();
    this.apiKey = config.apiKey();
    this.clock = clock;
    this.base =
        CloudLine.base(URI.create(config.endpoint() == null ? ENDPOINT : config.endpoint()));
  }

  /** Up where any of its renditions is; whatever the cloud does not say clearly is UNKNOWN. */
  @Override
  public Future<StreamState> state(StreamName stream) {
    return ask("Live_Channel_GetStatus", stream, "")
        .map(LegacyCloud::state)
        .otherwise(StreamState.UNKNOWN);
  }

  @Override
  public Future<Void> forbid(StreamName stream) {
    return setStatus(stream, FORBID);
  }

  @Override
  public Future<Void> resume(StreamName stream) {
    return setStatus(stream, ALLOW);
  }

  private Future<Void> setStatus(StreamName stream, int status) {
    return ask("Live_Channel_SetStatus", stream, "&Param.n.status=" + status)
        .compose(
            answer ->
                ret(answer) == OK
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new LiveException(
                            ErrorCode.UNAVAILABLE, "The cloud refuses: " + ret(answer) + ".")));
  }

  private Future<JsonObject> ask(String action, StreamName stream, String more) {
    return line.ask(
        () -> {
          String t = Long.toString(clock.instant().plus(SIGNED_FOR).getEpochSecond());
          String path =
              "/common_access?appid=%s&interface=%s&Param.s.channel_id=%s%s&t=%s&sign=%s"
                  .formatted(
                      appId, action, stream.value(), more, t, CallbackSignature.sign(apiKey, t));
          return new CloudLine.Question(
              action, PER_SECOND, HttpMethod.GET, base + path, Map.of(), null);
        },
        TRIES);
  }

  private static StreamState state(JsonObject answer) {
    int ret = ret(answer);
    if (ret == NEVER_PUSHED) {
      return StreamState.DOWN;
    }
    if (ret != OK || !(answer.getValue("output") instanceof JsonArray renditions)) {
      return StreamState.UNKNOWN;
    }
    Set<Integer> states =
        renditions.stream()
            .map(one -> one instanceof JsonObject it ? number(it, "status") : NONE)
            .collect(Collectors.toSet());
    return states.contains(ON)
        ? StreamState.UP
        : DOWN.containsAll(states) ? StreamState.DOWN : StreamState.UNKNOWN;
  }

  private static int ret(JsonObject answer) {
    return number(answer, "ret");
  }

  /** Numbers may come as text. */
  private static int number(JsonObject from, String name) {
    Object value = from.getValue(name);
    try {
      return value instanceof Number number
          ? number.intValue()
          : Integer.parseInt(String.valueOf(value).strip());
    } catch (NumberFormatException none) {
      return NONE;
    }
  }
}
