package io.livehall;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started and is to be stopped, the last first; no step holds up the others for ever. */
final class Teardown {
  private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);
  private static final Duration START_WITHIN = Duration.ofSeconds(60);

  private final ConcurrentLinkedDeque<Step> steps = new ConcurrentLinkedDeque<>();
  private final Duration stepMax;

  private record Step(String name, Supplier<Future<?>> stop) {}

  Teardown(Duration stepMax) {
    this.stepMax = stepMax.plusSeconds(1);
  }

  void add(String name, Supplier<Future<?>> stop) {
    steps.push(new Step(name, stop));
  }

  void add(String name, Runnable stop) {
    add(
        name,
        () -> {
          stop.run();
          return Future.succeededFuture();
        });
  }

  void run() {
    for (Step step = steps.poll(); step != null; step = steps.poll()) {
      try {
        await(step.stop().get(), stepMax);
      } catch (RuntimeException trouble) {
        LOG.warn("stopping={} failed: {}", step.name(), trouble.toString());
      }
    }
  }

  /** For the start, which goes step by step. */
  static <T> T await(Future<T> future) {
    return await(future, START_WITHIN);
  }

  private static <T> T await(Future<T> future, Duration patience) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new StartException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new StartException("a step took longer than " + patience.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }
}
