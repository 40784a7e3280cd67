package io.livehall.tencent;

import io.livehall.config.TencentConfig;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.service.DevStreams;
import io.livehall.service.port.SimulatedStreams;
import io.livehall.service.port.SimulatedStreams.SimulatedStream;
import io.livehall.service.port.StreamCloud;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cloud without video: it knows which streams are up, and tells of it with signed callbacks to
 * our own callback port. Its weather can be made bad by the configuration. Any thread may use it.
 */
public final class SimulatedCloud implements StreamCloud, DevStreams {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedCloud.class);

  private final SimulatedStreams streams;
  private final TencentConfig config;
  private final Clock clock;
  private final Weather weather;
  private final Deliveries deliveries;
  private final PushMessage messages;

  /** Where it stands: {@code callbackUrl} is what an operator would give to the true cloud. */
  public record Ground(Vertx vertx, URI callbackUrl, Clock clock) {}

  public SimulatedCloud(SimulatedStreams streams, TencentConfig config, Ground ground) {
    this.streams = streams;
    this.config = config;
    this.clock = ground.clock();
    this.weather = new Weather(config.simulator());
    this.deliveries = new Deliveries(ground.vertx(), ground.callbackUrl(), weather);
    this.messages = new PushMessage(config);
  }

  @Override
  public Future<String> up(StreamName stream) {
    Instant now = clock.instant();
    String sequence = newSequence();
    return streams
        .up(stream, sequence, now)
        .map(
            replaced -> {
              LOG.info("simulated stream={} sequence={} up", stream, sequence);
              deliveries.send(
                  messages.began(new SimulatedStream(stream, sequence, true, false, now)));
              replaced.ifPresent(old -> tellEnd(old, now, PushMessage.End.REPLACED));
              return sequence;
            });
  }

  @Override
  public Future<Void> down(StreamName stream) {
    Instant now = clock.instant();
    return streams
        .down(stream, now)
        .map(
            ended -> {
              ended.ifPresent(push -> tellEnd(push, now, PushMessage.End.BY_HOST));
              return null;
            });
  }

  /** A stream that nobody ever pushed is down. */
  @Override
  public Future<StreamState> state(StreamName stream) {
    if (weather.nextQueryFails()) {
      return Future.succeededFuture(StreamState.UNKNOWN);
    }
    return streams
        .find(stream)
        .timeout(config.queryTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .map(
            found ->
                found.filter(SimulatedStream::isUp).isPresent() ? StreamState.UP : StreamState.DOWN)
        .otherwise(StreamState.UNKNOWN);
  }

  @Override
  public Future<Void> forbid(StreamName stream) {
    Instant now = clock.instant();
    return streams
        .forbid(stream, true, now)
        .map(
            cut -> {
              cut.ifPresent(push -> tellEnd(push, now, PushMessage.End.FORBIDDEN));
              return null;
            });
  }

  @Override
  public Future<Void> resume(StreamName stream) {
    return streams.forbid(stream, false, clock.instant()).mapEmpty();
  }

  /** What is known of a stream that was ever pushed. */
  Future<Optional<SimulatedStream>> find(StreamName stream) {
    return streams.find(stream);
  }

  /** Whether the next question meets with bad weather. */
  boolean isQueryLost() {
    return weather.nextQueryFails();
  }

  public Future<Void> close() {
    return deliveries.close();
  }

  /** As the true cloud's: 19 digits, and never the same twice. */
  private static String newSequence() {
    return Long.toString(
        ThreadLocalRandom.current().nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE));
  }

  private void tellEnd(SimulatedStream push, Instant now, PushMessage.End why) {
    LOG.info("simulated stream={} sequence={} down why={}", push.stream(), push.sequence(), why);
    deliveries.send(messages.ended(push, now, why));
  }
}
