package io.livehall.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, as one tree: each component is the key of the same name, and {@code
 * conf/livehall.json} holds its default. To add a key, add a component, its range, and its default.
 * What rules the keys have between them is in {@link CrossChecks}.
 */
public record LiveConfig(
    Node node,
    Set<Role> roles,
    Http http,
    Callback callback,
    Push push,
    Ops ops,
    Data data,
    Postgres postgres,
    Redis redis,
    Cluster cluster,
    Bus bus,
    Viewing viewing,
    TokensConfig tokens,
    AccountsConfig accounts,
    Rooms rooms,
    Keeper keeper,
    Hall hall,
    Counters counters,
    Poll poll,
    TencentConfig tencent,
    Stop stop) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final String NAME_WANTED = "1 to 64 of the characters A-Z a-z 0-9 . _ : -";

  public LiveConfig {
    if (roles.isEmpty()) {
      throw new BadValue("roles", "no role is named; name at least one, such as api");
    }
    roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
  }

  /**
   * The defaults, under the file, under the environment.
   *
   * @throws ConfigException when any of it is not as it must be
   */
  public static LiveConfig load(Optional<Path> file, Map<String, String> environment) {
    return ConfigSources.read(file, environment).load();
  }

  /** The effective tree as JSON for people, without its secrets. */
  public String masked() {
    return MaskedTree.of(this).encodePrettily();
  }

  /** The name is absent where it shall be made from the host's name and the port. */
  public record Node(@Nullable String name) {
    public Node {
      Check.matches("name", name, NAME, NAME_WANTED);
    }
  }

  public record Http(
      String host, int port, int bodyBytesMax, Duration idleTimeout, int connectionsMax) {
    public Http {
      Check.host("host", host);
      Check.port("port", port);
      Check.within("bodyBytesMax", bodyBytesMax, 1024, 16 << 20);
      Check.within("idleTimeout", idleTimeout, "1s", "1h");
      Check.within("connectionsMax", connectionsMax, 1, 1_000_000);
    }
  }

  public record Callback(
      String host,
      int port,
      int bodyBytesMax,
      Duration expiryTolerance,
      boolean verify,
      int queueMax,
      Duration keepFor) {
    public Callback {
      Check.host("host", host);
      Check.port("port", port);
      Check.within("bodyBytesMax", bodyBytesMax, 1024, 16 << 20);
      Check.within("expiryTolerance", expiryTolerance, "0s", "24h");
      Check.within("queueMax", queueMax, 1, 1_000_000);
      Check.within("keepFor", keepFor, "1m", "366d");
    }
  }

  /** The public URL is absent where clients reach the push port as they reach the API's host. */
  public record Push(
      String host,
      int port,
      @Nullable String publicUrl,
      List<String> origins,
      int connectionsMax,
      int connectionsPerAddress,
      int messagesPerMinute,
      Duration helloWithin,
      Duration pingEvery,
      Duration slowFor,
      Duration drainFor) {
    public Push {
      Check.host("host", host);
      Check.port("port", port);
      Check.url("publicUrl", publicUrl, "wss?", "wss://push.example.com/v1/live");
      origins.forEach(origin -> Check.url("origins", origin, "https?", "https://www.example.com"));
      origins = List.copyOf(origins);
      Check.within("connectionsMax", connectionsMax, 1, 1_000_000);
      Check.within("connectionsPerAddress", connectionsPerAddress, 1, 1_000_000);
      Check.within("messagesPerMinute", messagesPerMinute, 1, 1_000_000);
      Check.within("helloWithin", helloWithin, "100ms", "1m");
      Check.within("pingEvery", pingEvery, "1s", "10m");
      Check.within("slowFor", slowFor, "1s", "10m");
      Check.within("drainFor", drainFor, "0s", "5m");
    }
  }

  public record Ops(String host, int port) {
    public Ops {
      Check.host("host", host);
      Check.port("port", port);
    }
  }

  public record Data(Path dir) {}

  /** Without a URI the server starts a PostgreSQL of its own. */
  public record Postgres(
      @Nullable StoreUri uri, int poolSize, Duration connectTimeout, Duration queryTimeout) {
    public Postgres {
      if (uri != null && !Set.of("postgres", "postgresql").contains(uri.scheme())) {
        throw new BadValue("uri", "the scheme is not known; begin with postgresql://");
      }
      Check.within("poolSize", poolSize, 1, 1000);
      Check.within("connectTimeout", connectTimeout, "100ms", "1m");
      Check.within("queryTimeout", queryTimeout, "100ms", "1m");
    }
  }

  /** How Redis is to be spoken to: as one server, through its sentinels, or as a cluster. */
  public enum RedisMode {
    SINGLE,
    SENTINEL,
    CLUSTER
  }

  /**
   * Without a URI the server starts a Redis of its own. The members are the other sentinels or
   * nodes, reached in the same way; the master's name is the one that the sentinels know.
   */
  public record Redis(
      @Nullable StoreUri uri,
      RedisMode mode,
      List<String> members,
      @Nullable String masterName,
      Duration timeout) {
    public Redis {
      if (uri != null && !Set.of("redis", "rediss").contains(uri.scheme())) {
        throw new BadValue("uri", "the scheme is not known; begin with redis:// or rediss://");
      }
      Check.members("members", members);
      members = List.copyOf(members);
      Check.matches("masterName", masterName, NAME, NAME_WANTED);
      Check.within("timeout", timeout, "50ms", "1m");
    }
  }

  public record Cluster(
      boolean enabled, String name, String host, int port, int busPort, List<String> members) {
    public Cluster {
      Check.matches("name", name, NAME, NAME_WANTED);
      Check.host("host", host);
      Check.within("port", port, 1, 65535);
      Check.port("busPort", busPort);
      Check.members("members", members);
      members = List.copyOf(members);
    }
  }

  /** A silent node tells no news: a switch for tests of the bus's loss. */
  public record Bus(Duration askTimeout, boolean silent) {
    public Bus {
      Check.within("askTimeout", askTimeout, "100ms", "1m");
    }
  }

  public record Viewing(boolean anonymous) {}

  /** Whether a stream is named after its room, which is unique, or after its host, for ever. */
  public enum StreamNames {
    ROOM,
    USER
  }

  public record Rooms(
      Duration startWithin,
      Duration pollEvery,
      Duration heartbeatEvery,
      Duration lossGrace,
      int pageSize,
      StreamNames streamNames) {
    public Rooms {
      Check.within("startWithin", startWithin, "100ms", "24h");
      Check.within("pollEvery", pollEvery, "100ms", "1h");
      Check.within("heartbeatEvery", heartbeatEvery, "100ms", "1h");
      Check.within("lossGrace", lossGrace, "0s", "1h");
      Check.within("pageSize", pageSize, 1, 100);
    }
  }

  public record Keeper(int batchMax, int queueMax, Duration logFor) {
    public Keeper {
      Check.within("logFor", logFor, "10m", "366d");
      Check.within("batchMax", batchMax, 1, 1000);
      Check.within("queueMax", queueMax, 1, 1_000_000);
    }
  }

  public record Hall(
      Duration headEvery,
      int pageCacheMax,
      Duration tickEvery,
      Duration countEvery,
      Duration watchEvery,
      Duration markEvery,
      int countBytesPerSecond,
      int viewsMax) {
    public Hall {
      Check.within("tickEvery", tickEvery, "10ms", "10s");
      Check.within("countEvery", countEvery, "10ms", "1m");
      Check.within("watchEvery", watchEvery, "10ms", "1m");
      Check.within("markEvery", markEvery, "100ms", "1m");
      Check.within("countBytesPerSecond", countBytesPerSecond, 1, 1_000_000);
      Check.within("viewsMax", viewsMax, 1, 100_000);
      Check.within("headEvery", headEvery, "50ms", "1m");
      Check.within("pageCacheMax", pageCacheMax, 0, 100_000);
    }
  }

  public record Counters(
      int likesPerSecond,
      int likesAtOnce,
      Duration leaseFor,
      Duration tellEvery,
      Duration keepEvery,
      Duration aroundWithin,
      int namesPerSecond,
      int batchMax,
      int queueMax) {
    public Counters {
      Check.within("likesPerSecond", likesPerSecond, 1, 1_000_000);
      Check.within("likesAtOnce", likesAtOnce, 1, 1_000_000);
      Check.within("leaseFor", leaseFor, "4s", "1h");
      Check.within("tellEvery", tellEvery, "10ms", "1m");
      Check.within("keepEvery", keepEvery, "100ms", "1h");
      Check.within("aroundWithin", aroundWithin, "1s", "1h");
      Check.within("namesPerSecond", namesPerSecond, 0, 1000);
      Check.within("batchMax", batchMax, 1, 10_000);
      Check.within("queueMax", queueMax, 1, 1_000_000);
    }
  }

  public record Poll(int batchMax, Duration claimFor, int parallelMax) {
    public Poll {
      Check.within("batchMax", batchMax, 1, 10_000);
      Check.within("claimFor", claimFor, "200ms", "1h");
      Check.within("parallelMax", parallelMax, 1, 1000);
    }
  }

  public record Stop(Duration within) {
    public Stop {
      Check.within("within", within, "100ms", "5m");
    }
  }
}
