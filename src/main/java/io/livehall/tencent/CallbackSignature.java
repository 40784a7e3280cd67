package io.livehall.tencent;

import io.livehall.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Proves that a callback is the cloud's: {@code sign} is the MD5 of a key we share with it and of
 * {@code t}, the second until which the callback is good. Two keys are good while one takes over
 * from the other.
 */
public final class CallbackSignature {
  /**
   * The cloud signs for minutes; what claims to be good for longer than this was not made by it.
   */
  private static final Duration GOOD_FOR_MAX = Duration.ofDays(1);

  /** A second that every clock of ours can tell. */
  private static final long FAR_OFF = 99_999_999_999L;

  private final List<Secret> keys;
  private final Duration tolerance;

  public enum Verdict {
    OK,
    /** Signed with none of our keys, or for a time the cloud would not sign for. */
    FORGED,
    /** Rightly signed, but too long ago: perhaps somebody plays an old one again. */
    EXPIRED,
    MISSING
  }

  /**
   * @param tolerance for how long after {@code t} a callback is taken: the cloud repeats itself
   */
  public CallbackSignature(List<Secret> keys, Duration tolerance) {
    this.keys = List.copyOf(keys);
    this.tolerance = tolerance;
  }

  /**
   * @param t as it was written: its text is what was signed
   */
  public Verdict check(Optional<String> t, Optional<String> sign, Instant now) {
    if (t.isEmpty() || sign.isEmpty()) {
      return Verdict.MISSING;
    }
    if (!isSigned(t.get(), sign.get())) {
      return Verdict.FORGED;
    }
    if (Long.parseLong(t.get()) - now.getEpochSecond() > GOOD_FOR_MAX.toSeconds()) {
      return Verdict.FORGED;
    }
    return isExpired(t.get(), now) ? Verdict.EXPIRED : Verdict.OK;
  }

  boolean isExpired(String t, Instant now) {
    long seconds = Math.min(Long.parseLong(t), FAR_OFF);
    return Instant.ofEpochSecond(seconds).plus(tolerance).isBefore(now);
  }

  static String sign(Secret key, String t) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5")
              .digest((key.reveal() + t).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has MD5", impossible);
    }
  }

  /** Tries all keys, and each to its end, so that the time it takes tells nothing. */
  private boolean isSigned(String t, String sign) {
    byte[] given = sign.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    boolean isSigned = false;
    for (Secret key : keys) {
      byte[] wanted = sign(key, t).getBytes(StandardCharsets.UTF_8);
      isSigned |= MessageDigest.isEqual(wanted, given);
    }
    return isSigned;
  }
}
