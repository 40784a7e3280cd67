package io.livehall.redis;

import static io.livehall.TestStores.await;
import static io.livehall.redis.RedisStage.field;
import static io.livehall.redis.RedisStage.millis;
import static io.livehall.redis.RedisStage.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.livehall.domain.Heat;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How recent likes cool, of which a room's heat is made. */
class RedisHeatTest {
  private final RedisStage stage = new RedisStage();
  private final RoomId room = stage.open();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 60, 600, 1_234, 6_000})
  void recentLikesCoolAsTheFormulaSays(long seconds) {
    Duration ago = Duration.ofSeconds(seconds);
    double cooled = 1_000 * Math.pow(2, -(double) ago.toMillis() / Heat.HALF_LIFE.toMillis());
    stage.look(room, 0);
    set(room, "warm", "1000");
    set(room, "warmAt", millis() - ago.toMillis());

    assertThat((double) stage.look(room, 0).recent()).isCloseTo(cooled, within(1.5));
    assertThat((double) stage.look(room, 0).recent()).isCloseTo(cooled, within(1.5));
  }

  @Test
  void whatIsLikedNowIsRecentAndAddsToWhatIsLeft() {
    stage.like(room, 40);
    assertThat(stage.look(room, 0).recent()).isBetween(39L, 40L);
    set(room, "warmAt", millis() - Heat.HALF_LIFE.toMillis());

    stage.like(room, 100);

    assertThat(stage.look(room, 0).recent()).isBetween(119L, 120L);
    set(room, "warmAt", millis() - Heat.HALF_LIFE.toMillis());
    assertThat(stage.look(room, 0).recent()).isBetween(59L, 60L);
  }

  @Test
  void likesOfBeforeAreNotRecentWhenARoomIsRaised() {
    await(stage.counters.raise(Map.of(room, new Tally(0, 1_000_000, 0, 0))));
    stage.like(room, 40);

    assertThat(stage.tally(room).likes()).isEqualTo(1_000_040);
    assertThat(stage.look(room, 0).recent()).isBetween(39L, 40L);
  }

  @Test
  void heatGoesOnCoolingWhenTheClockWasSetBack() {
    stage.look(room, 0);
    set(room, "warm", "1000");
    set(room, "warmAt", millis() + 3_600_000);

    assertThat(stage.look(room, 0).recent()).isBetween(999L, 1_000L);

    assertThat(field(room, "warmAt")).isLessThanOrEqualTo(millis());
  }
}
