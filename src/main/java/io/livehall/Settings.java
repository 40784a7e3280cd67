package io.livehall;

import com.sun.management.UnixOperatingSystemMXBean;
import io.livehall.config.LiveConfig;
import io.livehall.config.Secret;
import io.livehall.config.TencentConfig;
import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamUrls;
import io.livehall.domain.UserId;
import io.livehall.protocol.Tokens;
import io.livehall.protocol.push.Limits;
import io.livehall.protocol.push.NewsDesk;
import io.livehall.protocol.push.PushDoor;
import io.livehall.protocol.push.PushFigures;
import io.livehall.protocol.push.Reception;
import io.livehall.protocol.rest.RestSettings;
import io.livehall.redis.RedisCounters;
import io.livehall.service.Accounts;
import io.livehall.service.Allowances;
import io.livehall.service.Counting;
import io.livehall.service.GroupCommit;
import io.livehall.service.Polls;
import io.livehall.service.Role;
import io.livehall.service.RoomPolicy;
import io.livehall.tencent.CallbackSignature;
import io.livehall.verticle.KeeperVerticle;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the config means to the parts, which do not know it. */
final class Settings {
  private static final int HANDLES_KEPT_BACK = 500;

  private final LiveConfig config;

  Settings(LiveConfig config) {
    this.config = config;
  }

  KeeperVerticle.Settings keeper() {
    var limits = new GroupCommit.Limits(config.keeper().batchMax(), config.keeper().queueMax());
    return new KeeperVerticle.Settings(roomPolicy(), limits, config.bus().silent());
  }

  /**
   * So many visits go together from one event loop; what waits beyond would be answered too late.
   */
  GroupCommit.Limits visitsOfALoop() {
    return new GroupCommit.Limits(2_000, 20_000);
  }

  GroupCommit.Limits countedAtOnce() {
    return new GroupCommit.Limits(config.counters().batchMax(), config.counters().queueMax());
  }

  Allowances allowances() {
    int perSecond = config.counters().likesPerSecond();
    return new Allowances(Duration.ofSeconds(1).multipliedBy(allowance()).dividedBy(perSecond));
  }

  Counting.Limits countLimits() {
    LiveConfig.Counters counters = config.counters();
    long names = counters.namesPerSecond() * counters.tellEvery().toMillis() / 1000;
    return new Counting.Limits(
        countedAtOnce(), (int) Math.max(Math.min(1, counters.namesPerSecond()), names));
  }

  RedisCounters.Terms countTerms() {
    LiveConfig.Counters counters = config.counters();
    return new RedisCounters.Terms(
        counters.leaseFor(),
        counters.likesPerSecond(),
        counters.likesAtOnce(),
        allowance(),
        config.redis().timeout());
  }

  /** Half a second's likes: so often a user who goes on liking is asked about. */
  private int allowance() {
    return config.counters().likesPerSecond() / 2;
  }

  StreamUrls streamUrls() {
    TencentConfig cloud = config.tencent();
    var domains =
        new StreamUrls.Domains(
            cloud.bizId(),
            cloud.pushDomain(),
            cloud.playDomain(),
            cloud.appName(),
            cloud.playScheme().name().toLowerCase(Locale.ROOT));
    return new StreamUrls(
        domains, cloud.pushKey().reveal(), revealed(cloud.playKey()), cloud.playUrlFor());
  }

  Tokens tokens(Clock clock) {
    var own = new Tokens.Own(config.tokens().key().reveal(), config.tokens().accessFor());
    var outside = config.tokens().outside();
    return new Tokens(
        own,
        outside == null
            ? null
            : new Tokens.Outside(
                Tokens.Algorithm.valueOf(outside.algorithm().name()),
                outside.publicKey(),
                outside.issuer(),
                outside.audience()),
        clock);
  }

  List<Accounts.FirstAccount> firstAccounts() {
    return config.accounts().bootstrap().stream()
        .map(
            first ->
                new Accounts.FirstAccount(
                    new UserId(first.userId()),
                    Role.valueOf(first.role().name()),
                    first.password().reveal()))
        .toList();
  }

  RestSettings rest() {
    var forApps =
        new RestSettings.ForApps(
            config.push().publicUrl(),
            config.push().port(),
            config.rooms().heartbeatEvery(),
            config.rooms().pageSize());
    return new RestSettings(
        config.http().bodyBytesMax(),
        config.hall().pageCacheMax(),
        config.viewing().anonymous(),
        config.accounts().enabled(),
        forApps);
  }

  NewsDesk.Pace pushPace() {
    LiveConfig.Hall hall = config.hall();
    int names = config.counters().namesPerSecond();
    return new NewsDesk.Pace(hall.markEvery(), hall.countBytesPerSecond(), names, hall.viewsMax());
  }

  /** To run out of file handles would hurt those who are in, so some are kept back. */
  PushDoor.Rules pushRules() {
    LiveConfig.Push push = config.push();
    int all = push.connectionsMax();
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      all = (int) Math.min(all, system.getMaxFileDescriptorCount() - HANDLES_KEPT_BACK);
    }
    return new PushDoor.Rules(Math.max(1, all), push.connectionsPerAddress());
  }

  Reception reception(Tokens tokens, Reception.Counts counts, PushFigures figures) {
    LiveConfig.Push push = config.push();
    var limits =
        new Limits(
            config.viewing().anonymous(),
            push.origins(),
            push.messagesPerMinute(),
            push.helloWithin(),
            push.pingEvery(),
            push.slowFor());
    return new Reception(nodeName(), limits, tokens::verify, counts, figures);
  }

  Polls.Pace pollPace() {
    LiveConfig.Poll poll = config.poll();
    return new Polls.Pace(
        config.rooms().pollEvery(), poll.batchMax(), poll.claimFor(), poll.parallelMax());
  }

  CallbackSignature callbackSignature() {
    TencentConfig cloud = config.tencent();
    Secret backup = cloud.callbackKeyBackup();
    return new CallbackSignature(
        backup == null ? List.of(cloud.callbackKey()) : List.of(cloud.callbackKey(), backup),
        config.callback().expiryTolerance());
  }

  /** The node's name in logs and answers; it need not be unique to be useful, but should be. */
  String nodeName() {
    String name = config.node().name();
    return name == null ? hostName() + ":" + config.http().port() : name;
  }

  private RoomPolicy roomPolicy() {
    LiveConfig.Rooms rooms = config.rooms();
    boolean isByUser = rooms.streamNames() == LiveConfig.StreamNames.USER;
    String bizId = config.tencent().bizId();
    return new RoomPolicy(
        new LivenessPolicy(
            rooms.startWithin(),
            rooms.pollEvery(),
            rooms.heartbeatEvery(),
            rooms.lossGrace(),
            isByUser),
        isByUser
            ? (room, host) -> StreamName.ofUser(bizId, host)
            : (room, host) -> StreamName.ofRoom(bizId, room),
        config.tencent().pushUrlFor());
  }

  private static @Nullable String revealed(@Nullable Secret secret) {
    return secret == null ? null : secret.reveal();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
