package io.livehall.config;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cloud that carries the video: which of its languages we speak, its keys, and its domains. */
public record TencentConfig(
    Mode mode,
    String bizId,
    Secret pushKey,
    @Nullable Secret playKey,
    Secret callbackKey,
    @Nullable Secret callbackKeyBackup,
    @Nullable Secret apiKey,
    @Nullable String appId,
    @Nullable Secret secretId,
    @Nullable Secret secretKey,
    @Nullable String pushDomain,
    @Nullable String playDomain,
    String appName,
    @Nullable String endpoint,
    Duration pushUrlFor,
    Duration playUrlFor,
    PlayScheme playScheme,
    Duration queryTimeout,
    Simulator simulator) {

  private static final Pattern BIZ_ID = Pattern.compile("[0-9a-z]{1,16}");
  private static final Pattern APP_ID = Pattern.compile("[0-9]{1,20}");
  private static final Pattern APP_NAME = Pattern.compile("[A-Za-z0-9_]{1,32}");

  public TencentConfig {
    Check.matches("bizId", bizId, BIZ_ID, "1 to 16 of the characters 0-9 a-z");
    Check.matches("appId", appId, APP_ID, "the account's number, 1 to 20 digits in quotes");
    Check.domain("pushDomain", pushDomain);
    Check.domain("playDomain", playDomain);
    Check.matches("appName", appName, APP_NAME, "1 to 32 of the characters A-Z a-z 0-9 _");
    Check.url("endpoint", endpoint, "https?", "https://live.tencentcloudapi.com");
    Check.within("pushUrlFor", pushUrlFor, "1m", "366d");
    Check.within("playUrlFor", playUrlFor, "1m", "366d");
    Check.within("queryTimeout", queryTimeout, "100ms", "1m");
  }

  /** Where hosts push to: the domain that is set, or the one that comes with the bizId. */
  public String pushHost() {
    return pushDomain != null ? pushDomain : bizId + ".livepush.myqcloud.com";
  }

  /** Where viewers play from: the domain that is set, or the one that comes with the bizId. */
  public String playHost() {
    return playDomain != null ? playDomain : bizId + ".liveplay.myqcloud.com";
  }

  /** No cloud at all, the cloud's first API (common_access), or its present one (TC3). */
  public enum Mode {
    SIMULATED,
    LEGACY,
    V3
  }

  /** How FLV and HLS are fetched. */
  public enum PlayScheme {
    HTTP,
    HTTPS
  }

  /** How badly the simulated cloud behaves: each number but the seed is a probability. */
  public record Simulator(
      long seed,
      double lose,
      double duplicate,
      double delay,
      Duration delayMax,
      double reorder,
      double failQueries,
      int apiPort) {
    public Simulator {
      Check.probability("lose", lose);
      Check.probability("duplicate", duplicate);
      Check.probability("delay", delay);
      Check.within("delayMax", delayMax, "0s", "10m");
      Check.probability("reorder", reorder);
      Check.probability("failQueries", failQueries);
      Check.within("apiPort", apiPort, 0, 65_535);
    }
  }
}
