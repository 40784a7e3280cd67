package io.livehall.tencent;

import io.livehall.domain.StreamName;
import io.livehall.service.port.SimulatedStreams.SimulatedStream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The simulated cloud's API over HTTP, in both languages of the true one: so that our clients are
 * tried against somebody who is as strict with them. It proves each signature with code of its own.
 */
public final class SimulatedApi {
  private static final int IDLE_SECONDS = 60;
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final String JSON = "application/json";

  private final SimulatedCloud cloud;
  private final SimulatedKeys keys;
  private final Clock clock;
  private @Nullable HttpServer server;

  public SimulatedApi(SimulatedCloud cloud, SimulatedKeys keys, Clock clock) {
    this.cloud = cloud;
    this.keys = keys;
    this.clock = clock;
  }

  /** On which port it listens. */
  public Future<Integer> listen(Vertx vertx, int port) {
    var options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    HttpServer mine = vertx.createHttpServer(options).requestHandler(this::handle);
    server = mine;
    return mine.listen().map(HttpServer::actualPort);
  }

  public Future<?> close() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  private void handle(HttpServerRequest request) {
    if (request.method() == HttpMethod.POST && request.path().equals("/")) {
      body(request, body -> v3(request, body));
    } else if (request.method() == HttpMethod.GET && request.path().equals("/common_access")) {
      answer(request, legacy(request));
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private void body(HttpServerRequest request, Function<Buffer, Future<JsonObject>> answering) {
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() <= BODY_BYTES_MAX) {
            body.appendBuffer(part);
          } else {
            request.connection().close();
          }
        });
    request.endHandler(end -> answer(request, answering.apply(body)));
  }

  /** Where its weather is bad the cloud fails in the way of servers. */
  private void answer(HttpServerRequest request, Future<JsonObject> answer) {
    if (cloud.isQueryLost()) {
      request.response().setStatusCode(500).end();
      return;
    }
    answer
        .onSuccess(json -> request.response().putHeader("content-type", JSON).end(json.toBuffer()))
        .onFailure(trouble -> request.response().setStatusCode(500).end());
  }

  // ---- the first language ----

  private Future<JsonObject> legacy(HttpServerRequest request) {
    String t = request.getParam("t", "");
    if (!keys.appId().equals(request.getParam("appid", request.getParam("cmd", "")))) {
      return ret(4000, "appid is invalid");
    }
    if (!keys.isLegacySign(t, request.getParam("sign", ""))) {
      return ret(4100, "auth failed");
    }
    if (Long.parseLong(t) < clock.instant().getEpochSecond()) {
      return ret(4200, "expired");
    }
    String stream = request.getParam("Param.s.channel_id", "");
    if (!StreamName.isForm(stream)) {
      return ret(1000, "bad parameter");
    }
    var name = new StreamName(stream);
    return switch (request.getParam("interface", "")) {
      case "Live_Channel_GetStatus" -> cloud.find(name).compose(SimulatedApi::legacyState);
      case "Live_Channel_SetStatus" -> setStatus(name, request.getParam("Param.n.status", ""));
      default -> ret(4000, "cmd is invalid");
    };
  }

  private Future<JsonObject> setStatus(StreamName stream, String status) {
    return switch (status) {
      case "0" -> cloud.forbid(stream).compose(done -> ret(0, "ok"));
      case "1" -> cloud.resume(stream).compose(done -> ret(0, "ok"));
      default -> ret(20300, "change status failed");
    };
  }

  private static Future<JsonObject> legacyState(Optional<SimulatedStream> found) {
    if (found.isEmpty()) {
      return ret(20601, "never pushed");
    }
    SimulatedStream push = found.get();
    var rendition =
        new JsonObject()
            .put("rate_type", 0)
            .put("recv_type", 1)
            .put("status", push.isForbidden() ? 3 : push.isUp() ? 1 : 0)
            .put("height", 0)
            .put("width", 0);
    return ret(0, "ok").map(answer -> answer.put("output", new JsonArray().add(rendition)));
  }

  private static Future<JsonObject> ret(int ret, String message) {
    return Future.succeededFuture(new JsonObject().put("ret", ret).put("message", message));
  }

  // ---- the present language ----

  private Future<JsonObject> v3(HttpServerRequest request, Buffer body) {
    Optional<String> refused = keys.refusal(request.headers(), body, clock.instant());
    if (refused.isPresent()) {
      return error(refused.get());
    }
    if (!"2018-08-01".equals(request.getHeader("x-tc-version"))) {
      return error("InvalidParameterValue.Version");
    }
    JsonObject asked;
    try {
      asked = body.toJsonObject();
    } catch (DecodeException | ClassCastException notJson) {
      return error("InvalidParameter");
    }
    String stream = asked.getString("StreamName", "");
    if (asked.getString("AppName") == null || asked.getString("DomainName") == null) {
      return error("MissingParameter");
    }
    if (!asked.getString("DomainName").equals(keys.pushHost())) {
      return error("InvalidParameter.DomainNotExist");
    }
    if (!StreamName.isForm(stream)) {
      return error("InvalidParameter");
    }
    return v3(String.valueOf(request.getHeader("x-tc-action")), new StreamName(stream));
  }

  private Future<JsonObject> v3(String action, StreamName stream) {
    return switch (action) {
      case "DescribeLiveStreamState" ->
          cloud.find(stream).compose(found -> response("StreamState", v3State(found)));
      case "ForbidLiveStream" -> cloud.forbid(stream).compose(done -> response(null, null));
      case "ResumeLiveStream" -> cloud.resume(stream).compose(done -> response(null, null));
      default -> error("InvalidAction");
    };
  }

  private static String v3State(Optional<SimulatedStream> found) {
    return found
        .map(push -> push.isForbidden() ? "forbid" : push.isUp() ? "active" : "inactive")
        .orElse("inactive");
  }

  private static Future<JsonObject> response(@Nullable String name, @Nullable String value) {
    var response = new JsonObject().put("RequestId", UUID.randomUUID().toString());
    if (name != null) {
      response.put(name, value);
    }
    return Future.succeededFuture(new JsonObject().put("Response", response));
  }

  private static Future<JsonObject> error(String code) {
    var error = new JsonObject().put("Code", code).put("Message", "simulated");
    return response(null, null)
        .map(
            answer -> {
              answer.getJsonObject("Response").put("Error", error);
              return answer;
            });
  }
}
