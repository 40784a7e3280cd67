package io.livehall.tencent;

import io.livehall.config.TencentConfig;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.service.port.StreamCloud;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** The true cloud, spoken to in the language that the configuration names. */
public final class TencentCloud implements StreamCloud {
  private final CloudLine line;
  private final StreamCloud speaker;

  public TencentCloud(Vertx vertx, TencentConfig config, Clock clock) {
    this.line = new CloudLine(vertx, config.queryTimeout());
    this.speaker =
        switch (config.mode()) {
          case LEGACY -> new LegacyCloud(line, config, clock);
          case V3 -> new V3Cloud(line, config, clock);
          case SIMULATED -> throw new IllegalArgumentException("that is no true cloud");
        };
  }

  @Override
  public Future<StreamState> state(StreamName stream) {
    return speaker.state(stream);
  }

  @Override
  public Future<Void> forbid(StreamName stream) {
    return speaker.forbid(stream);
  }

  @Override
  public Future<Void> resume(StreamName stream) {
    return speaker.resume(stream);
  }

  public Future<Void> close() {
    return line.close();
  }
}
