package io.livehall.tencent;

import io.livehall.config.Secret;
import io.livehall.config.TencentConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated cloud knows of its one customer, and how it proves him. It reads what came in,
 * header by header, and shares no code with those who sign: so that one error is not made twice.
 */
public record SimulatedKeys(
    String appId, Secret apiKey, Secret secretId, Secret secretKey, String pushHost) {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "TC3-HMAC-SHA256 Credential=([^/ ,]+)/([0-9-]{10})/([a-z0-9]+)/tc3_request, "
              + "SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,12}");
  private static final long SKEW_SECONDS = 300;

  /** Those of the configuration; where it has none, as in development, some that everyone knows. */
  public static SimulatedKeys of(TencentConfig config) {
    return new SimulatedKeys(
        config.appId() == null ? "1250000000" : config.appId(),
        or(config.apiKey(), "simulated-api-key-000000000000000"),
        or(config.secretId(), "simulated-secret-id"),
        or(config.secretKey(), "simulated-secret-key"),
        config.pushHost());
  }

  private static Secret or(@Nullable Secret secret, String otherwise) {
    return secret == null ? new Secret(otherwise) : secret;
  }

  boolean isLegacySign(String t, String sign) {
    return DIGITS.matcher(t).matches()
        && isSame(hex(digest("MD5", (apiKey.reveal() + t).getBytes(StandardCharsets.UTF_8))), sign);
  }

  /** The cloud's code for why it does not believe who asks; empty if it does. */
  Optional<String> refusal(MultiMap headers, Buffer body, Instant now) {
    String timestamp = String.valueOf(headers.get("x-tc-timestamp"));
    Matcher given = AUTHORIZATION.matcher(String.valueOf(headers.get("authorization")));
    if (!given.matches() || !DIGITS.matcher(timestamp).matches()) {
      return Optional.of("AuthFailure.InvalidAuthorization");
    }
    long at = Long.parseLong(timestamp);
    if (Math.abs(now.getEpochSecond() - at) > SKEW_SECONDS) {
      return Optional.of("AuthFailure.SignatureExpire");
    }
    if (!isSame(secretId.reveal(), given.group(1))) {
      return Optional.of("AuthFailure.SecretIdNotFound");
    }
    List<String> signed = List.of(given.group(4).split(";"));
    boolean isOfToday =
        DateTimeFormatter.ISO_LOCAL_DATE
            .withZone(ZoneOffset.UTC)
            .format(Instant.ofEpochSecond(at))
            .equals(given.group(2));
    boolean isWhole = signed.contains("host") && signed.contains("content-type");
    boolean isTrue =
        isOfToday
            && isWhole
            && given.group(3).equals("live")
            && isSame(signature(headers, signed, body, timestamp), given.group(5));
    return isTrue ? Optional.empty() : Optional.of("AuthFailure.SignatureFailure");
  }

  private String signature(MultiMap headers, List<String> signed, Buffer body, String timestamp) {
    var canonical = new StringBuilder("POST\n/\n\n");
    for (String name : signed) {
      canonical.append(name).append(':').append(headers.get(name)).append('\n');
    }
    canonical.append('\n').append(String.join(";", signed)).append('\n');
    canonical.append(hex(digest("SHA-256", body.getBytes())));
    String day =
        DateTimeFormatter.ISO_LOCAL_DATE
            .withZone(ZoneOffset.UTC)
            .format(Instant.ofEpochSecond(Long.parseLong(timestamp)));
    String hashed = hex(digest("SHA-256", canonical.toString().getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("TC3" + secretKey.reveal()).getBytes(StandardCharsets.UTF_8);
    for (String step : List.of(day, "live", "tc3_request")) {
      key = mac(key, step);
    }
    return hex(
        mac(key, "TC3-HMAC-SHA256\n" + timestamp + "\n" + day + "/live/tc3_request\n" + hashed));
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "RAW"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static boolean isSame(String wanted, String given) {
    return MessageDigest.isEqual(
        wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
