package io.livehall.tencent;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.TestStores;
import io.livehall.config.TencentConfig;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.postgres.PostgresSimulatedStreams;
import io.livehall.service.port.StreamCloud;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every way to the cloud keeps: the simulated one in this process, and its API over HTTP in
 * both languages.
 */
class StreamCloudTest {
  private final Vertx vertx = TestStores.vertx();
  private final Receiver receiver = new Receiver(vertx);
  private final StreamName stream =
      new StreamName("8888_" + UUID.randomUUID().toString().replace("-", ""));
  private final PostgresSimulatedStreams streams =
      new PostgresSimulatedStreams(TestStores.migratedDatabase());
  private SimulatedCloud simulated;
  private SimulatedApi api;
  private TencentCloud spoken;

  enum Way {
    SIMULATED,
    LEGACY,
    V3
  }

  @AfterEach
  void close() {
    if (spoken != null) {
      await(spoken.close());
      await(api.close().mapEmpty());
    }
    await(simulated.close());
    receiver.close();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void streamIsUpWhileItIsPushed(Way way) {
    StreamCloud cloud = cloud(way, Map.of());

    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.DOWN);
    await(simulated.up(stream));
    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UP);
    await(simulated.down(stream));
    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.DOWN);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void forbiddenStreamIsCutAndRefusedUntilItIsResumed(Way way) {
    StreamCloud cloud = cloud(way, Map.of());
    await(simulated.up(stream));

    await(cloud.forbid(stream));
    await(cloud.forbid(stream));

    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.DOWN);
    assertThatThrownBy(() -> await(simulated.up(stream))).isInstanceOf(LiveException.class);
    await(cloud.resume(stream));
    await(cloud.resume(stream));
    await(simulated.up(stream));
    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UP);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void cloudThatFailsIsNotTakenForAStreamThatIsDown(Way way) {
    StreamCloud cloud = cloud(way, Map.of("TENCENT_SIMULATOR_FAILQUERIES", "1.0"));
    await(simulated.up(stream));

    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(names = {"LEGACY", "V3"})
  void cloudThatIsAwayIsUnknownAndForbidsNothing(Way way) {
    StreamCloud cloud = cloud(way, Map.of());
    await(api.close().mapEmpty());

    long begun = System.nanoTime();
    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UNKNOWN);
    assertUnavailable(cloud);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  /** The cloud has the keys of the test's configuration; who asks has others. */
  @ParameterizedTest
  @EnumSource(names = {"LEGACY", "V3"})
  void whoHasAnotherKeyIsRefusedAndNoErrorTellsIt(Way way) {
    String wrong = "a-wrong-key-0123456789abcdef";
    StreamCloud cloud = cloud(way, Map.of("TENCENT_APIKEY", wrong, "TENCENT_SECRETKEY", wrong));
    await(simulated.up(stream));

    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UNKNOWN);
    assertUnavailable(cloud);
    assertThat(await(simulated.state(stream))).isEqualTo(StreamState.UP);
  }

  @ParameterizedTest
  @EnumSource(names = {"LEGACY", "V3"})
  void clockThatIsWrongIsRefused(Way way) {
    StreamCloud cloud = cloud(way, Map.of(), Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));

    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UNKNOWN);
    assertUnavailable(cloud);
  }

  @Test
  void presentApiKnowsOneDomainOnly() {
    StreamCloud cloud = cloud(Way.V3, Map.of("TENCENT_PUSHDOMAIN", "another.example.com"));

    assertThatThrownBy(() -> await(cloud.forbid(stream)))
        .hasMessageContaining("InvalidParameter.DomainNotExist");
  }

  private void assertUnavailable(StreamCloud cloud) {
    assertThatThrownBy(() -> await(cloud.forbid(stream)))
        .isInstanceOfSatisfying(
            LiveException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(e.detail()).doesNotContain("key").doesNotContain("127.0.0.1");
            });
  }

  private StreamCloud cloud(Way way, Map<String, String> changes) {
    return cloud(way, changes, Clock.systemUTC());
  }

  /**
   * @param changes of the configuration of who asks, and of the weather
   */
  private StreamCloud cloud(Way way, Map<String, String> changes, Clock clock) {
    var weather = new HashMap<>(changes);
    weather.keySet().removeIf(key -> !key.startsWith("TENCENT_SIMULATOR"));
    TencentConfig theirs = Asking.in("simulated", weather);
    var ground = new SimulatedCloud.Ground(vertx, receiver.url(), Clock.systemUTC());
    simulated = new SimulatedCloud(streams, theirs, ground);
    if (way == Way.SIMULATED) {
      return simulated;
    }
    api = new SimulatedApi(simulated, SimulatedKeys.of(theirs), Clock.systemUTC());
    int port = await(api.listen(vertx, 0));
    var mine = new HashMap<>(changes);
    mine.put("TENCENT_ENDPOINT", "http://127.0.0.1:" + port);
    spoken = new TencentCloud(vertx, Asking.in(way.name().toLowerCase(Locale.ROOT), mine), clock);
    return spoken;
  }
}
