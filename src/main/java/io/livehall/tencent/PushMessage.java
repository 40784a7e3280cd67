package io.livehall.tencent;

import io.livehall.config.TencentConfig;
import io.livehall.service.port.SimulatedStreams.SimulatedStream;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * The bodies that the true cloud posts when a push begins or ends: all its fields, in its types.
 */
final class PushMessage {
  /** The cloud signs a callback for ten minutes. */
  private static final Duration SIGNED_FOR = Duration.ofMinutes(10);

  private static final long APP_ID = 1_250_000_000L;

  private final TencentConfig config;

  /** Why a push ended, in the cloud's numbers. */
  enum End {
    BY_HOST(1, 0, "recv rtmp deleteStream"),
    FORBIDDEN(21, 101, "forbid stream"),
    REPLACED(21, 102, "replaced by a new push");

    private final int code;
    private final int subCode;
    private final String message;

    End(int code, int subCode, String message) {
      this.code = code;
      this.subCode = subCode;
      this.message = message;
    }
  }

  PushMessage(TencentConfig config) {
    this.config = config;
  }

  String began(SimulatedStream push) {
    return signed(
        common(push, push.since()).put("event_type", 1).put("errcode", 0).put("errmsg", "ok"));
  }

  String ended(SimulatedStream push, Instant at, End why) {
    long millis = Math.max(0, Duration.between(push.since(), at).toMillis());
    return signed(
        common(push, at)
            .put("event_type", 0)
            .put("errcode", why.code)
            .put("sub_errcode", why.subCode)
            .put("errmsg", why.message)
            .put("push_duration", Long.toString(millis)));
  }

  private JsonObject common(SimulatedStream push, Instant at) {
    return new JsonObject()
        .put("app", config.pushHost())
        .put("appid", config.appId() == null ? APP_ID : Long.parseLong(config.appId()))
        .put("appname", config.appName())
        .put("channel_id", push.stream().value())
        .put("event_time", at.getEpochSecond())
        .put("height", 0)
        .put("idc_id", 34)
        .put("node", "10.0.0.1")
        .put("sequence", push.sequence())
        .put("set_id", 2)
        .put("stream_id", push.stream().value())
        .put("stream_param", "bizid=" + config.bizId())
        .put("user_ip", "10.0.0.2")
        .put("width", 0);
  }

  private String signed(JsonObject message) {
    long t = message.getLong("event_time") + SIGNED_FOR.toSeconds();
    return message
        .put("t", t)
        .put("sign", CallbackSignature.sign(config.callbackKey(), Long.toString(t)))
        .encode();
  }
}
