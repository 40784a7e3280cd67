package io.livehall.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key together with the one algorithm that it is for: a token's header has no say in that. */
sealed interface TokenKey {
  String algorithm();

  boolean isSignature(byte[] signed, byte[] signature);

  /** Our own: who has it can sign too. */
  record Own(SecretKeySpec key) implements TokenKey {
    private static final String MAC = "HmacSHA256";

    Own(String secret) {
      this(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
    }

    @Override
    public String algorithm() {
      return "HS256";
    }

    byte[] sign(byte[] text) {
      try {
        Mac mac = Mac.getInstance(MAC);
        mac.init(key);
        return mac.doFinal(text);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean isSignature(byte[] signed, byte[] signature) {
      return MessageDigest.isEqual(sign(signed), signature);
    }

    @Override
    public String toString() {
      return "Own[***]";
    }
  }

  /** The identity service's public one. */
  record Outside(String algorithm, PublicKey key) implements TokenKey {
    private static final int ES256_BYTES = 64;

    static Outside of(Tokens.Algorithm algorithm, String pem) {
      String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
      String family = algorithm == Tokens.Algorithm.RS256 ? "RSA" : "EC";
      try {
        var der = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
        return new Outside(algorithm.name(), KeyFactory.getInstance(family).generatePublic(der));
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException("not a public key for " + algorithm, e);
      }
    }

    @Override
    public boolean isSignature(byte[] signed, byte[] signature) {
      boolean isElliptic = algorithm.equals("ES256");
      if (isElliptic && (signature.length != ES256_BYTES || hasZeroHalf(signature))) {
        return false;
      }
      try {
        // JWT writes R and S side by side, not as DER.
        Signature check =
            Signature.getInstance(isElliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
        check.initVerify(key);
        check.update(signed);
        return check.verify(signature);
      } catch (GeneralSecurityException e) {
        return false;
      }
    }

    /** Some older JDKs take a signature of zeros for a good one. */
    private static boolean hasZeroHalf(byte[] signature) {
      byte[] zeros = new byte[ES256_BYTES / 2];
      return Arrays.equals(signature, 0, zeros.length, zeros, 0, zeros.length)
          || Arrays.equals(signature, zeros.length, signature.length, zeros, 0, zeros.length);
    }
  }
}
