package io.livehall.protocol.rest;

import io.livehall.domain.StreamName;
import io.livehall.service.DevStreams;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The phone that pushes, played. Only where the cloud is simulated. */
final class DevRoutes {
  private final DevStreams streams;

  DevRoutes(DevStreams streams) {
    this.streams = streams;
  }

  Map<String, Operation> operations() {
    return Map.of("streamUp", this::up, "streamDown", this::down);
  }

  private Future<Answer> up(Call call) {
    StreamName stream = call.stream();
    return streams
        .up(stream)
        .map(
            sequence ->
                Answer.of(
                    new JsonObject().put("stream", stream.value()).put("sequence", sequence)));
  }

  private Future<Answer> down(Call call) {
    StreamName stream = call.stream();
    return streams
        .down(stream)
        .map(done -> Answer.of(new JsonObject().put("stream", stream.value())));
  }
}
