package io.livehall.protocol.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.protocol.push.Pulse.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long BEGIN = Long.MAX_VALUE - 7 * SECOND; // such a clock may run over

  private static final Limits LIMITS =
      new Limits(
          true,
          List.of(),
          120,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  private final Pulse pulse = new Pulse(BEGIN);

  @Test
  void whoSaysNoHelloIsLate() {
    assertThat(pulse.look(at(5), LIMITS, false)).isEqualTo(Finding.WELL);
    assertThat(pulse.look(at(6), LIMITS, true)).isEqualTo(Finding.WELL);
    assertThat(pulse.look(at(6), LIMITS, false)).isEqualTo(Finding.LATE);
  }

  @Test
  void whoIsQuietIsAskedAndWhoIsSilentThenIsGone() {
    assertThat(look(30)).isEqualTo(Finding.WELL);
    assertThat(look(31)).isEqualTo(Finding.QUIET);
    pulse.ask(at(31));
    assertThat(look(61)).isEqualTo(Finding.WELL);
    assertThat(look(62)).isEqualTo(Finding.SILENT);
  }

  @Test
  void whoAnswersIsWell() {
    pulse.ask(at(31));

    assertThat(pulse.hear(at(60))).isTrue();

    assertThat(pulse.hear(at(60))).isFalse();
    assertThat(look(90)).isEqualTo(Finding.WELL);
    assertThat(look(91)).isEqualTo(Finding.QUIET);
  }

  @Test
  void afterALongPauseOfOursNobodyIsGoneWhoWasNotAsked() {
    assertThat(look(3_600)).isEqualTo(Finding.QUIET);
  }

  @Test
  void whoLeavesUnreadWhatHeWasSentIsSlow() {
    pulse.fill(at(1));
    assertThat(look(11)).isEqualTo(Finding.WELL);
    assertThat(look(12)).isEqualTo(Finding.SLOW);

    pulse.drain();
    assertThat(look(12)).isEqualTo(Finding.WELL);
    pulse.fill(at(12));
    assertThat(look(22)).isEqualTo(Finding.WELL);
  }

  @Test
  void whatIsClosedIsOverSoon() {
    pulse.fill(at(1));
    pulse.close(at(1));

    assertThat(pulse.isClosed()).isTrue();
    assertThat(look(3)).isEqualTo(Finding.WELL);
    assertThat(look(4)).isEqualTo(Finding.OVER);
  }

  private Finding look(long seconds) {
    return pulse.look(at(seconds), LIMITS, true);
  }

  private static long at(long seconds) {
    return BEGIN + seconds * SECOND;
  }
}
