package io.livehall.tencent;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.livehall.TestStores;
import io.livehall.config.LiveConfig;
import io.livehall.config.TencentConfig;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.postgres.PostgresSimulatedStreams;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedCloudTest {
  private final Vertx vertx = TestStores.vertx();
  private final StreamName stream =
      new StreamName("8888_" + UUID.randomUUID().toString().replace("-", ""));
  private Receiver receiver;
  private SimulatedCloud cloud;

  @BeforeEach
  void start() {
    receiver = new Receiver(vertx);
    cloud = cloud(Map.of());
  }

  @AfterEach
  void stop() {
    await(cloud.close());
    receiver.close();
  }

  @Test
  void aPushIsToldWithAllTheFieldsOfTheTrueCloud() {
    String sequence = await(cloud.up(stream));

    JsonObject told = told(1).get(0);
    assertThat(told.fieldNames())
        .containsExactlyInAnyOrderElementsOf(new JsonObject(Bodies.BEGAN).fieldNames());
    assertThat(told.getString("sequence")).isEqualTo(sequence).matches("[0-9]{19}");
    assertThat(told.getString("stream_id")).isEqualTo(stream.value());
    assertThat(told.getInteger("event_type")).isEqualTo(1);
    assertThat(told.getLong("t")).isEqualTo(told.getLong("event_time") + 600);
    assertSigned(receiver.posted().get(0));
    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UP);
  }

  @Test
  void itsEndIsToldWithItsDuration() {
    String sequence = await(cloud.up(stream));
    told(1);

    await(cloud.down(stream));

    JsonObject told = told(2).get(1);
    assertThat(told.getInteger("event_type")).isEqualTo(0);
    assertThat(told.getInteger("errcode")).isEqualTo(1);
    assertThat(told.getString("sequence")).isEqualTo(sequence);
    assertThat(told.getString("push_duration")).matches("[0-9]+");
    assertSigned(receiver.posted().get(1));
    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.DOWN);
  }

  @Test
  void aStreamThatIsNotUpStaysDownAndNothingIsTold() {
    await(cloud.down(stream));
    await(cloud.up(stream));
    await(cloud.down(stream));
    await(cloud.down(stream));

    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.DOWN);
    assertThat(told(2)).hasSize(2);
  }

  @Test
  void aSecondPushReplacesTheFirst() {
    String first = await(cloud.up(stream));
    told(1);

    String second = await(cloud.up(stream));

    List<JsonObject> told = told(3).subList(1, 3);
    assertThat(second).isNotEqualTo(first);
    assertThat(told)
        .anySatisfy(
            began -> {
              assertThat(began.getInteger("event_type")).isEqualTo(1);
              assertThat(began.getString("sequence")).isEqualTo(second);
            })
        .anySatisfy(
            ended -> {
              assertThat(ended.getInteger("event_type")).isEqualTo(0);
              assertThat(ended.getString("sequence")).isEqualTo(first);
              assertThat(ended.getInteger("errcode")).isEqualTo(21);
              assertThat(ended.getInteger("sub_errcode")).isEqualTo(102);
            });
    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UP);
  }

  @Test
  void aForbiddenStreamIsCutAndRefusedUntilItIsResumed() {
    String sequence = await(cloud.up(stream));
    told(1);

    await(cloud.forbid(stream));

    JsonObject cut = told(2).get(1);
    assertThat(cut.getString("sequence")).isEqualTo(sequence);
    assertThat(cut.getInteger("errcode")).isEqualTo(21);
    assertThat(cut.getInteger("sub_errcode")).isEqualTo(101);
    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.DOWN);
    assertRefused(ErrorCode.FORBIDDEN, () -> await(cloud.up(stream)));
    await(cloud.resume(stream));
    assertThat(await(cloud.up(stream))).isNotEqualTo(sequence);
    told(3);
  }

  @Test
  void aStreamNobodyPushedIsDownAndCanBeForbidden() {
    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.DOWN);
    await(cloud.forbid(stream));
    assertRefused(ErrorCode.FORBIDDEN, () -> await(cloud.up(stream)));
    assertThat(receiver.posted()).isEmpty();
  }

  @Test
  void whatIsNotHeardIsToldAgain() {
    receiver.refuseNext(2);

    await(cloud.up(stream));

    told(3);
    assertThat(receiver.posted()).containsOnly(receiver.posted().get(0));
  }

  @Test
  void aCallbackMayComeTwice() {
    cloud = cloud(Map.of("LIVEHALL_TENCENT_SIMULATOR_DUPLICATE", "1"));

    await(cloud.up(stream));

    told(2);
    assertThat(receiver.posted()).containsOnly(receiver.posted().get(0));
  }

  @Test
  void aCallbackMayBeOvertakenByTheNext() {
    cloud =
        cloud(
            Map.of(
                "LIVEHALL_TENCENT_SIMULATOR_REORDER",
                "0.5",
                "LIVEHALL_TENCENT_SIMULATOR_SEED",
                seedOfHeldThenSent()));

    await(cloud.up(stream));
    await(cloud.down(stream));

    assertThat(told(2)).extracting(told -> told.getInteger("event_type")).containsExactly(0, 1);
  }

  @Test
  void whatIsHeldComesAtLastEvenIfNothingFollows() {
    cloud = cloud(Map.of("LIVEHALL_TENCENT_SIMULATOR_REORDER", "1"));

    await(cloud.up(stream));

    told(1);
  }

  @Test
  void aLostCallbackNeverComesButTheStreamIsUp() {
    cloud = cloud(Map.of("LIVEHALL_TENCENT_SIMULATOR_LOSE", "1"));
    SimulatedCloud reliable = cloud(Map.of());

    await(cloud.up(stream));
    await(reliable.down(stream));

    assertThat(told(1).get(0).getInteger("event_type")).isEqualTo(0);
    await(reliable.close());
  }

  @Test
  void aFailedQueryIsUnknown() {
    cloud = cloud(Map.of("LIVEHALL_TENCENT_SIMULATOR_FAILQUERIES", "1"));

    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UNKNOWN);
  }

  @Test
  void aStoreThatIsAwayIsUnknownToo() {
    var away = TestStores.migratedDatabase();
    await(away.close());
    cloud = new SimulatedCloud(new PostgresSimulatedStreams(away), config(Map.of()), ground());

    assertThat(await(cloud.state(stream))).isEqualTo(StreamState.UNKNOWN);
  }

  /** A seed whose first callback is held and whose second is not. */
  private static String seedOfHeldThenSent() {
    for (long seed = 0; ; seed++) {
      var weather =
          new Weather(new TencentConfig.Simulator(seed, 0, 0, 0, Duration.ZERO, 0.5, 0, 0));
      if (weather.nextCallback().isHeld() && !weather.nextCallback().isHeld()) {
        return Long.toString(seed);
      }
    }
  }

  private SimulatedCloud cloud(Map<String, String> environment) {
    return new SimulatedCloud(
        new PostgresSimulatedStreams(TestStores.postgres()), config(environment), ground());
  }

  private SimulatedCloud.Ground ground() {
    return new SimulatedCloud.Ground(vertx, receiver.url(), Clock.systemUTC());
  }

  private static TencentConfig config(Map<String, String> environment) {
    return LiveConfig.load(Optional.empty(), environment).tencent();
  }

  private List<JsonObject> told(int count) {
    await().atMost(Duration.ofSeconds(10)).until(() -> receiver.posted().size() >= count);
    assertThat(receiver.posted()).hasSize(count);
    return receiver.posted().stream().map(JsonObject::new).toList();
  }

  private static void assertSigned(String body) {
    var signature = new CallbackSignature(List.of(config(Map.of()).callbackKey()), Duration.ZERO);
    JsonObject json = new JsonObject(body);
    assertThat(
            signature.check(
                Optional.of(json.getLong("t").toString()),
                Optional.of(json.getString("sign")),
                Instant.now()))
        .isEqualTo(CallbackSignature.Verdict.OK);
  }

  private static void assertRefused(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .asInstanceOf(type(LiveException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
