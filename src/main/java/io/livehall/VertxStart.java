package io.livehall;

import io.livehall.config.LiveConfig;
import io.livehall.verticle.NodeHealth;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;

/** Makes the event loops and the bus, alone or as a node of a cluster. */
final class VertxStart {
  private final LiveConfig config;
  private final MeterRegistry registry;
  private final NodeHealth health;

  VertxStart(LiveConfig config, MeterRegistry registry, NodeHealth health) {
    this.config = config;
    this.registry = registry;
    this.health = health;
  }

  Vertx start() {
    // Of the HTTP server and its sockets we count what matters ourselves: the list is to be cheap.
    var metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER)
            .addDisabledMetricsCategory(MetricsDomain.NET_SERVER);
    var options = new VertxOptions().setPreferNativeTransport(true).setMetricsOptions(metrics);
    var factory = new MicrometerMetricsFactory(registry);
    if (!config.cluster().enabled()) {
      health.probe("cluster", () -> Future.succeededFuture("alone"));
      return Vertx.builder().with(options).withMetrics(factory).build();
    }
    var node = new ClusterNode(config.cluster());
    Vertx vertx = Teardown.await(node.join(options, factory));
    health.probe("cluster", () -> Future.succeededFuture("members=" + node.members()));
    return vertx;
  }
}
