package io.livehall.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that keys have between them. */
final class CrossChecks {
  private CrossChecks() {}

  static void check(LiveConfig config, LiveConfig defaults) {
    portsDiffer(config);
    claimsOutliveQueries(config);
    drainFitsStop(config);
    clusterCanShare(config);
    redisCanBeFound(config.redis());
    cloudCanBeAsked(config.tencent());
    if (config.tencent().mode() != TencentConfig.Mode.SIMULATED) {
      callbacksAreVerified(config);
      secretsAreOwn(config, defaults);
    }
  }

  private static void portsDiffer(LiveConfig config) {
    Map<String, Integer> portByKey = new LinkedHashMap<>();
    portByKey.put("http.port", config.http().port());
    portByKey.put("callback.port", config.callback().port());
    portByKey.put("push.port", config.push().port());
    portByKey.put("ops.port", config.ops().port());
    portByKey.put("tencent.simulator.apiPort", config.tencent().simulator().apiPort());
    if (config.cluster().enabled()) {
      portByKey.put("cluster.port", config.cluster().port());
    }
    Map<Integer, String> keyByPort = new LinkedHashMap<>();
    portByKey.forEach(
        (key, port) -> {
          String other = port == 0 ? null : keyByPort.put(port, key);
          if (other != null) {
            throw new ConfigException(
                key,
                port + " is also " + other + "; give each its own port, or 0 for any free one");
          }
        });
  }

  private static void claimsOutliveQueries(LiveConfig config) {
    var query = config.tencent().queryTimeout();
    if (config.poll().claimFor().compareTo(query) <= 0) {
      String limit = "tencent.queryTimeout (" + ConfigText.of(query) + ")";
      throw new ConfigException(
          "poll.claimFor", "a claim must outlast a query; make it longer than " + limit);
    }
  }

  private static void drainFitsStop(LiveConfig config) {
    var stop = config.stop().within();
    if (config.push().drainFor().compareTo(stop) > 0) {
      String limit = "stop.within (" + ConfigText.of(stop) + ")";
      throw new ConfigException(
          "push.drainFor", "sockets must be gone when the stop is over; at most " + limit);
    }
  }

  private static void clusterCanShare(LiveConfig config) {
    if (!config.cluster().enabled()) {
      return;
    }
    if (config.cluster().members().isEmpty()) {
      throw new ConfigException(
          "cluster.members",
          "the cluster is enabled and nobody is in it; list HOST:PORT of each node");
    }
    if (config.cluster().members().size() > 1) {
      String why = "several nodes cannot share an embedded store";
      demand("postgres.uri", config.postgres().uri(), why);
      demand("redis.uri", config.redis().uri(), why);
    }
  }

  private static void redisCanBeFound(LiveConfig.Redis redis) {
    boolean isSingle = redis.mode() == LiveConfig.RedisMode.SINGLE;
    boolean isSentinel = redis.mode() == LiveConfig.RedisMode.SENTINEL;
    String mode = "redis.mode " + ConfigText.of(redis.mode());
    if (!isSingle) {
      demand("redis.uri", redis.uri(), mode + " needs it");
    }
    if (isSentinel) {
      demand("redis.masterName", redis.masterName(), mode + " needs it");
    } else if (redis.masterName() != null) {
      throw new ConfigException(
          "redis.masterName", mode + " knows no master by name; set redis.mode sentinel");
    }
    if (isSingle && !redis.members().isEmpty()) {
      throw new ConfigException(
          "redis.members", mode + " has no members; set redis.mode sentinel or cluster");
    }
  }

  private static void cloudCanBeAsked(TencentConfig cloud) {
    switch (cloud.mode()) {
      case SIMULATED -> {}
      case LEGACY -> {
        demand("tencent.apiKey", cloud.apiKey(), "tencent.mode legacy needs it");
        demand("tencent.appId", cloud.appId(), "tencent.mode legacy needs it");
      }
      case V3 -> {
        demand("tencent.secretId", cloud.secretId(), "tencent.mode v3 needs it");
        demand("tencent.secretKey", cloud.secretKey(), "tencent.mode v3 needs it");
      }
    }
  }

  private static void demand(String key, @Nullable Object value, String why) {
    if (value == null) {
      String way = "set it in a file or by " + ConfigKey.environmentName(key);
      throw new ConfigException(key, "is missing and " + why + "; " + way);
    }
  }

  private static void callbacksAreVerified(LiveConfig config) {
    if (!config.callback().verify()) {
      throw new ConfigException(
          "callback.verify",
          "anybody could forge callbacks; only tencent.mode simulated may be false");
    }
  }

  private static void secretsAreOwn(LiveConfig config, LiveConfig defaults) {
    var known = Set.copyOf(MaskedTree.secrets(defaults).values());
    MaskedTree.secrets(config)
        .forEach(
            (path, secret) -> {
              if (known.contains(secret)) {
                String name = ConfigKey.environmentName(path.replaceAll("\\[.*", ""));
                throw new ConfigException(
                    path,
                    "a default secret is known to everybody; set your own, such as by " + name);
              }
            });
  }
}
