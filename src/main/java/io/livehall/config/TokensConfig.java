package io.livehall.config;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Our own tokens, and those of the app's identity service if it has one. */
public record TokensConfig(
    Secret key, Duration accessFor, Duration refreshFor, @Nullable Outside outside) {

  public TokensConfig {
    Check.longEnough("key", key, 32);
    Check.within("accessFor", accessFor, "1s", "30d");
    Check.within("refreshFor", refreshFor, "1s", "366d");
  }

  /** How the identity service signs. */
  public enum Algorithm {
    RS256,
    ES256
  }

  /** An identity service; issuer and audience are demanded of its tokens where they are given. */
  public record Outside(
      Algorithm algorithm, String publicKey, @Nullable String issuer, @Nullable String audience) {
    private static final Pattern CLAIM = Pattern.compile("[^\\p{Cntrl}]{1,256}");
    private static final Pattern PEM =
        Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----\\s*");

    public Outside {
      if (!isKeyOf(algorithm, publicKey)) {
        throw new BadValue(
            "publicKey",
            "is no public key for "
                + algorithm
                + "; give the PEM text, -----BEGIN PUBLIC KEY-----");
      }
      Check.matches("issuer", issuer, CLAIM, "1 to 256 characters, or null for any");
      Check.matches("audience", audience, CLAIM, "1 to 256 characters, or null for any");
    }

    private static boolean isKeyOf(Algorithm algorithm, String pem) {
      var matcher = PEM.matcher(pem);
      if (!matcher.matches()) {
        return false;
      }
      try {
        byte[] der = Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", ""));
        String family = algorithm == Algorithm.RS256 ? "RSA" : "EC";
        var key = KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der));
        // ES256 is bound to the curve P-256.
        return !(key instanceof ECPublicKey ec) || ec.getParams().getOrder().bitLength() == 256;
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        return false;
      }
    }
  }
}
