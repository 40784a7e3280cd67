package io.livehall.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens as the server does (JWT, HS256), for those who know its key. */
final class TokenSigner {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final Duration goodFor;

  TokenSigner(String key, Duration goodFor) {
    this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
    this.goodFor = goodFor;
  }

  /**
   * @param user of characters that need no escape in JSON
   */
  String token(String user) {
    long now = System.currentTimeMillis() / 1000;
    String claims =
        "{\"sub\":\"%s\",\"role\":\"user\",\"iat\":%d,\"exp\":%d}"
            .formatted(user, now, now + goodFor.toSeconds());
    String signed =
        base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8))
            + "."
            + base64(claims.getBytes(UTF_8));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return signed + "." + base64(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
