package io.livehall.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;

/** Tokens as others would make them, good ones and bad. */
final class Jwts {
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final KeyPair RSA = pair("RSA");
  static final KeyPair EC = pair("EC");

  private Jwts() {}

  static void assertRefused(Tokens tokens, String token, ErrorCode code) {
    assertThat(codeOf(() -> tokens.verify(token))).isEqualTo(code);
  }

  static ErrorCode codeOf(Runnable call) {
    try {
      call.run();
    } catch (LiveException refused) {
      return refused.code();
    }
    throw new AssertionError("it was accepted");
  }

  static JsonObject claims() {
    return new JsonObject()
        .put("sub", "mei")
        .put("role", "user")
        .put("exp", NOW.getEpochSecond() + 600);
  }

  static String own(JsonObject claims) {
    return own(claims.encode());
  }

  static String own(String claims) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    String signed =
        base64(new JsonObject().put("alg", "HS256"))
            + "."
            + base64.encodeToString(claims.getBytes(UTF_8));
    return signed + "." + base64.encodeToString(mac(KEY, signed));
  }

  static String signed(String algorithm, JsonObject claims) {
    String text = base64(new JsonObject().put("alg", algorithm)) + "." + base64(claims);
    boolean isElliptic = algorithm.equals("ES256");
    PrivateKey key = (isElliptic ? EC : RSA).getPrivate();
    try {
      var signature =
          Signature.getInstance(isElliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(UTF_8));
      return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] mac(String key, String text) {
    return new TokenKey.Own(key).sign(text.getBytes(UTF_8));
  }

  static String base64(JsonObject json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.encode().getBytes(UTF_8));
  }

  static Tokens tokensAt(Instant now, Tokens.Outside outside) {
    return new Tokens(new Tokens.Own(KEY, Duration.ofHours(1)), outside, fixed(now));
  }

  static Tokens.Outside outside(Tokens.Algorithm algorithm, String issuer, String audience) {
    KeyPair pair = algorithm == Tokens.Algorithm.RS256 ? RSA : EC;
    return new Tokens.Outside(algorithm, pem(pair), issuer, audience);
  }

  static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  static KeyPair pair(String family) {
    try {
      var generator = KeyPairGenerator.getInstance(family);
      if (family.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(2048);
      }
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static Clock fixed(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
