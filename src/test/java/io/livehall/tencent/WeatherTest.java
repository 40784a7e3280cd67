package io.livehall.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.config.TencentConfig.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WeatherTest {
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  @Test
  void theSameSeedMakesTheSameWeather() {
    Simulator rough = new Simulator(7, 0.2, 0.2, 0.3, TWO_SECONDS, 0.2, 0.5, 0);

    assertThat(fates(new Weather(rough))).isEqualTo(fates(new Weather(rough)));
    assertThat(queries(new Weather(rough))).isEqualTo(queries(new Weather(rough)));
  }

  @Test
  void anotherSeedMakesOtherWeather() {
    Simulator one = new Simulator(7, 0.2, 0.2, 0.3, TWO_SECONDS, 0.2, 0.5, 0);
    Simulator other = new Simulator(8, 0.2, 0.2, 0.3, TWO_SECONDS, 0.2, 0.5, 0);

    assertThat(fates(new Weather(one))).isNotEqualTo(fates(new Weather(other)));
  }

  @Test
  void questionsDoNotShiftWhatComesToCallbacks() {
    Simulator rough = new Simulator(7, 0.2, 0.2, 0.3, TWO_SECONDS, 0.2, 0.5, 0);
    Weather asked = new Weather(rough);
    queries(asked);

    assertThat(fates(asked)).isEqualTo(fates(new Weather(rough)));
  }

  @Test
  void oneProbabilityDoesNotShiftTheLuckOfTheOthers() {
    Weather rough = new Weather(new Simulator(7, 0.2, 0, 0, TWO_SECONDS, 0, 0, 0));
    Weather rougher = new Weather(new Simulator(7, 0.2, 1, 1, TWO_SECONDS, 1, 0, 0));

    assertThat(fates(rough).stream().map(Weather.Fate::isLost))
        .isEqualTo(fates(rougher).stream().map(Weather.Fate::isLost).toList());
  }

  @Test
  void inGoodWeatherNothingGoesWrong() {
    Weather good = new Weather(new Simulator(7, 0, 0, 0, TWO_SECONDS, 0, 0, 0));

    assertThat(fates(good)).containsOnly(new Weather.Fate(false, false, false, Duration.ZERO));
    assertThat(queries(good)).containsOnly(false);
  }

  @Test
  void itIsAsBadAsItIsSaidToBe() {
    Weather rough = new Weather(new Simulator(7, 0.25, 0.5, 1, TWO_SECONDS, 0.1, 0.75, 0));
    List<Weather.Fate> fates = fates(rough);

    assertThat(fates.stream().filter(Weather.Fate::isLost).count()).isBetween(200L, 300L);
    assertThat(fates.stream().filter(Weather.Fate::isDoubled).count()).isBetween(450L, 550L);
    assertThat(fates.stream().filter(Weather.Fate::isHeld).count()).isBetween(60L, 140L);
    assertThat(fates)
        .allSatisfy(fate -> assertThat(fate.delay()).isBetween(Duration.ZERO, TWO_SECONDS));
    assertThat(queries(rough).stream().filter(fails -> fails).count()).isBetween(700L, 800L);
  }

  private static List<Weather.Fate> fates(Weather weather) {
    return Stream.generate(weather::nextCallback).limit(1_000).toList();
  }

  private static List<Boolean> queries(Weather weather) {
    return IntStream.range(0, 1_000).mapToObj(i -> weather.nextQueryFails()).toList();
  }
}
