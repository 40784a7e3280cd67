package io.livehall.embedded;

import java.io.IOException;
import java.time.Duration;

/** Waiting between two looks at something that gives no notice. */
final class Pause {
  private Pause() {}

  static void of(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw Command.interrupted();
    }
  }
}
