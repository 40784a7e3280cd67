package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class VitalsTest {
  @Test
  void readsThePushAndTheMemoryAndNothingElse() {
    String metrics =
        """
        # HELP livehall_push_sockets Sockets
        # TYPE livehall_push_sockets gauge
        livehall_push_sockets 12.0
        livehall_push_frames_total{kind="delta"} 3.4E7
        livehall_push_lag_seconds_bucket{le="0.1"} 4.0
        livehall_polls_total{result="up"} 9.0
        jvm_memory_used_bytes{area="heap"} 1024.0
        """;

    assertThat(Vitals.figures(metrics))
        .isEqualTo(
            Map.of(
                "livehall_push_sockets", 12.0,
                "livehall_push_frames_total{kind=\"delta\"}", 3.4E7,
                "jvm_memory_used_bytes{area=\"heap\"}", 1024.0));
  }

  @Test
  void readsTheMemoryOfAProcess() {
    long own = ProcessHandle.current().pid();

    var vitals = new Vitals(new LoadOptions.Server(List.of(), List.of(), List.of(own)));

    assertThat(vitals.take())
        .extractingByKey("resident memory of process " + own + ", MB")
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isGreaterThan(10);
  }
}
