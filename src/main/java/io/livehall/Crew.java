package io.livehall;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.util.function.Supplier;

/** Sets the verticles to work, and sees to it that they are stopped, the last first. */
final class Crew {
  private final Vertx vertx;
  private final Teardown teardown;

  Crew(Vertx vertx, Teardown teardown) {
    this.vertx = vertx;
    this.teardown = teardown;
  }

  /**
   * @param key what of the config decides about it, for who must put it right
   */
  <T extends Deployable> T add(String key, T verticle) {
    add(key, () -> verticle, 1);
    return verticle;
  }

  void add(String key, Supplier<? extends Deployable> verticle, int instances) {
    await(key, begin(key, verticle, instances));
  }

  /** For what begins to listen: where somebody else does already, it says what is to be set. */
  static void await(String key, Future<?> listening) {
    try {
      Teardown.await(listening);
    } catch (StartException trouble) {
      throw isTaken(trouble)
          ? new StartException(key + ": is in use; stop who listens there, or set another", trouble)
          : trouble;
    }
  }

  /** For one that takes its time to start, while others are made. */
  Future<?> begin(String key, Supplier<? extends Deployable> verticle, int instances) {
    var options = new DeploymentOptions().setInstances(instances);
    return vertx
        .deployVerticle(verticle::get, options)
        .onSuccess(id -> teardown.add(key, () -> vertx.undeploy(id)));
  }

  private static boolean isTaken(Throwable trouble) {
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException
          || String.valueOf(cause.getMessage()).contains("Address already in use")) {
        return true;
      }
    }
    return false;
  }
}
