package io.livehall.tencent;

import io.livehall.config.TencentConfig.Simulator;
import java.time.Duration;
import java.util.Random;

/**
 * How badly the simulated cloud treats its callbacks and questions. The same seed makes the same
 * weather, callback by callback and question by question, so that a run can be repeated. Any thread
 * may ask.
 */
final class Weather {
  private final Simulator simulator;
  private final Random callbacks;
  private final Random queries;

  /**
   * What happens to one callback.
   *
   * @param isHeld it goes out only behind the next one
   */
  record Fate(boolean isLost, boolean isDoubled, boolean isHeld, Duration delay) {}

  /**
   * Callbacks and questions have a chance each of their own: neither shifts what comes to the
   * other.
   */
  Weather(Simulator simulator) {
    this.simulator = simulator;
    this.callbacks = new Random(simulator.seed());
    this.queries = new Random(~simulator.seed());
  }

  /**
   * Draws five times whatever comes of it: so that one probability does not shift the others' luck.
   */
  synchronized Fate nextCallback() {
    boolean isLost = callbacks.nextDouble() < simulator.lose();
    boolean isDoubled = callbacks.nextDouble() < simulator.duplicate();
    boolean isHeld = callbacks.nextDouble() < simulator.reorder();
    boolean isDelayed = callbacks.nextDouble() < simulator.delay();
    long millis = (long) (callbacks.nextDouble() * simulator.delayMax().toMillis());
    return new Fate(
        isLost, isDoubled, isHeld, isDelayed ? Duration.ofMillis(millis) : Duration.ZERO);
  }

  synchronized boolean nextQueryFails() {
    return queries.nextDouble() < simulator.failQueries();
  }
}
