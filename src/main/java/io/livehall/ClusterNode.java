package io.livehall;

import com.hazelcast.config.Config;
import com.hazelcast.config.MultiMapConfig;
import io.livehall.config.LiveConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/**
 * Vert.x with the other nodes, found by their addresses: no multicast. Hazelcast knows who is there
 * and who listens to what; no business data, locks or counters are in it.
 */
final class ClusterNode {
  private final HazelcastClusterManager manager;
  private final LiveConfig.Cluster config;

  ClusterNode(LiveConfig.Cluster config) {
    this.config = config;
    this.manager = new HazelcastClusterManager(hazelcast(config));
  }

  Future<Vertx> join(VertxOptions options, VertxMetricsFactory metrics) {
    options.setEventBusOptions(
        new EventBusOptions()
            .setHost(config.host())
            .setPort(config.busPort())
            .setClusterPublicHost(config.host())
            .setConnectTimeout(2_000)
            .setClusterPingInterval(2_000)
            .setClusterPingReplyInterval(2_000));
    return Vertx.builder()
        .with(options)
        .withMetrics(metrics)
        .withClusterManager(manager)
        .buildClustered();
  }

  int members() {
    return manager.getNodes().size();
  }

  /** The time-outs find a node that hangs within five seconds; one that dies is found at once. */
  private static Config hazelcast(LiveConfig.Cluster cluster) {
    Config config = new Config().setClusterName(cluster.name());
    config
        .setProperty("hazelcast.logging.type", "slf4j")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.socket.bind.any", "false")
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.max.join.seconds", "60")
        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
        .setProperty("hazelcast.max.no.heartbeat.seconds", "5")
        .setProperty("hazelcast.master.confirmation.interval.seconds", "2")
        .setProperty("hazelcast.merge.first.run.delay.seconds", "10")
        .setProperty("hazelcast.merge.next.run.delay.seconds", "10");
    var network =
        config
            .getNetworkConfig()
            .setPort(cluster.port())
            .setPortAutoIncrement(false)
            .setPublicAddress(cluster.host() + ":" + cluster.port());
    network.getInterfaces().setEnabled(true).addInterface(cluster.host());
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(1);
    cluster.members().forEach(join.getTcpIpConfig()::addMember);
    // What Vert.x keeps there.
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(1)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.getMapConfig("__vertx.haInfo").setBackupCount(1);
    config.getMapConfig("__vertx.nodeInfo").setBackupCount(1);
    return config;
  }
}
