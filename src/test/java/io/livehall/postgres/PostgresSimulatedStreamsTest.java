package io.livehall.postgres;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.livehall.TestStores;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.StreamName;
import io.livehall.service.port.SimulatedStreams.SimulatedStream;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresSimulatedStreamsTest {
  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant T1 = T0.plusSeconds(1);
  private static final Instant T2 = T0.plusSeconds(2);

  private final PostgresSimulatedStreams streams =
      new PostgresSimulatedStreams(TestStores.postgres());
  private final StreamName stream =
      new StreamName("t_" + UUID.randomUUID().toString().replace("-", ""));

  @Test
  void aStreamNobodyPushedIsNotKnown() {
    assertThat(await(streams.find(stream))).isEmpty();
    assertThat(await(streams.down(stream, T0))).isEmpty();
  }

  @Test
  void aPushBeginsAndEnds() {
    assertThat(await(streams.up(stream, "1", T0))).isEmpty();
    assertThat(await(streams.find(stream))).contains(push("1", true, false, T0));

    assertThat(await(streams.down(stream, T1))).contains(push("1", true, false, T0));
    assertThat(await(streams.find(stream))).contains(push("1", false, false, T1));
    assertThat(await(streams.down(stream, T2))).isEmpty();
    assertThat(await(streams.find(stream))).contains(push("1", false, false, T1));
  }

  @Test
  void aSecondPushGivesBackTheFirst() {
    await(streams.up(stream, "1", T0));

    assertThat(await(streams.up(stream, "2", T1))).contains(push("1", true, false, T0));
    assertThat(await(streams.find(stream))).contains(push("2", true, false, T1));
    await(streams.down(stream, T2));
    assertThat(await(streams.up(stream, "3", T2))).isEmpty();
  }

  @Test
  void aBanCutsOnceAndRefusesUntilItIsLifted() {
    await(streams.up(stream, "1", T0));

    assertThat(await(streams.forbid(stream, true, T1))).contains(push("1", true, false, T0));
    assertThat(await(streams.find(stream))).contains(push("1", false, true, T1));
    assertThat(await(streams.forbid(stream, true, T2))).isEmpty();
    assertThatThrownBy(() -> await(streams.up(stream, "2", T2)))
        .asInstanceOf(type(LiveException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThat(await(streams.find(stream))).contains(push("1", false, true, T1));

    assertThat(await(streams.forbid(stream, false, T2))).isEmpty();
    assertThat(await(streams.up(stream, "2", T2))).isEmpty();
  }

  @Test
  void liftingNoBanCutsNothing() {
    await(streams.up(stream, "1", T0));

    assertThat(await(streams.forbid(stream, false, T1))).isEmpty();
    assertThat(await(streams.find(stream))).contains(push("1", true, false, T0));
  }

  @Test
  void anUnknownStreamCanBeForbidden() {
    assertThat(await(streams.forbid(stream, true, T0))).isEmpty();
    assertThatThrownBy(() -> await(streams.up(stream, "1", T1))).isInstanceOf(LiveException.class);
  }

  @Test
  void pushesThatBeginAtOnceReplaceEachOtherOneByOne() {
    List<Future<Optional<SimulatedStream>>> pushes =
        IntStream.range(0, 20).mapToObj(i -> streams.up(stream, "s" + i, T0)).toList();
    await(Future.all(pushes));

    List<String> replaced = new ArrayList<>();
    pushes.forEach(push -> push.result().ifPresent(old -> replaced.add(old.sequence())));
    String last = await(streams.find(stream)).orElseThrow().sequence();
    assertThat(replaced).doesNotHaveDuplicates().hasSize(19).doesNotContain(last);
  }

  private SimulatedStream push(String sequence, boolean isUp, boolean isForbidden, Instant since) {
    return new SimulatedStream(stream, sequence, isUp, isForbidden, since);
  }
}
