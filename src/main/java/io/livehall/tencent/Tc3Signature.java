package io.livehall.tencent;

import io.livehall.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a request to the cloud's present API: a POST of JSON to the root of a host. The key that
 * signs is made of the secret for one day and one service.
 */
final class Tc3Signature {
  static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private static final String ALGORITHM = "TC3-HMAC-SHA256";
  private static final String SIGNED_HEADERS = "content-type;host";
  private static final String SCOPE_END = "tc3_request";

  private final Secret secretId;
  private final Secret secretKey;
  private final String host;
  private final String service;

  /**
   * @param host as it is sent; with a port where that is not the usual one
   * @param service of which the API is, such as {@code live}
   */
  Tc3Signature(Secret secretId, Secret secretKey, String host, String service) {
    this.secretId = secretId;
    this.secretKey = secretKey;
    this.host = host;
    this.service = service;
  }

  /** The value of the header Authorization. */
  String authorization(String body, Instant at) {
    String date = date(at);
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(
            ALGORITHM, secretId.reveal(), scope(date), SIGNED_HEADERS, signature(body, at, date));
  }

  private String signature(String body, Instant at, String date) {
    String toSign =
        String.join(
            "\n", ALGORITHM, Long.toString(at.getEpochSecond()), scope(date), canonicalHash(body));
    byte[] ofDate = hmac(utf8("TC3" + secretKey.reveal()), date);
    byte[] ofService = hmac(ofDate, service);
    return HexFormat.of().formatHex(hmac(hmac(ofService, SCOPE_END), toSign));
  }

  /** The hash of the request as both sides write it down. */
  String canonicalHash(String body) {
    String headers = "content-type:" + CONTENT_TYPE + "\nhost:" + host + "\n";
    return hash(String.join("\n", "POST", "/", "", headers, SIGNED_HEADERS, hash(body)));
  }

  private String scope(String date) {
    return date + "/" + service + "/" + SCOPE_END;
  }

  /** The day is that of UTC, wherever the server is. */
  private static String date(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
  }

  static String hash(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(text)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
