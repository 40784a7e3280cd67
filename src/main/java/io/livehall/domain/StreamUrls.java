package io.livehall.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes the addresses under which a stream is pushed and played. They are always made here, never
 * by an app, so that they can be signed: {@code txSecret = md5(key + stream + txTime)} over txTime
 * as it is written in the address.
 */
public final class StreamUrls {
  private final Domains domains;
  private final String pushKey;
  private final @Nullable String playKey;
  private final Duration playFor;

  /**
   * Where streams go to and come from.
   *
   * @param pushDomain null for the account's own {@code BIZID.livepush.myqcloud.com}, which wants
   *     {@code bizid} too
   * @param playDomain null for {@code BIZID.liveplay.myqcloud.com}
   * @param scheme http or https, of flv and hls
   */
  public record Domains(
      String bizId,
      @Nullable String pushDomain,
      @Nullable String playDomain,
      String appName,
      String scheme) {}

  /**
   * @param playKey null where play addresses are not signed
   * @param playFor how long signed play addresses hold, from the room's creation: the same on every
   *     node
   */
  public StreamUrls(Domains domains, String pushKey, @Nullable String playKey, Duration playFor) {
    this.domains = domains;
    this.pushKey = pushKey;
    this.playKey = playKey;
    this.playFor = playFor;
  }

  public String push(StreamName stream, Instant until) {
    String own = domains.pushDomain();
    String host = own == null ? domains.bizId() + ".livepush.myqcloud.com" : own;
    String account = own == null ? "bizid=" + domains.bizId() + "&" : "";
    return "rtmp://"
        + host
        + "/"
        + domains.appName()
        + "/"
        + stream
        + "?"
        + account
        + signature(pushKey, stream, until);
  }

  public PlayUrls play(Room room) {
    StreamName stream = room.stream();
    String own = domains.playDomain();
    String path =
        "://"
            + (own == null ? domains.bizId() + ".liveplay.myqcloud.com" : own)
            + "/"
            + domains.appName()
            + "/"
            + stream;
    if (playKey == null) {
      return new PlayUrls(
          "rtmp" + path, domains.scheme() + path + ".flv", domains.scheme() + path + ".m3u8", null);
    }
    Instant until = Instant.ofEpochSecond(room.createdAt().plus(playFor).getEpochSecond());
    String query = "?" + signature(playKey, stream, until);
    return new PlayUrls(
        "rtmp" + path + query,
        domains.scheme() + path + ".flv" + query,
        domains.scheme() + path + ".m3u8" + query,
        until);
  }

  static String signature(String key, StreamName stream, Instant until) {
    String txTime = Long.toHexString(until.getEpochSecond()).toUpperCase(Locale.ROOT);
    return "txSecret=" + txSecret(key, stream.value(), txTime) + "&txTime=" + txTime;
  }

  static String txSecret(String key, String stream, String txTime) {
    return md5(key + stream + txTime);
  }

  /** The cloud's old signatures are MD5 by its specification. */
  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
