package io.livehall.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.UserId;
import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final KeyPair RSA = pair("RSA");
  private static final KeyPair EC = pair("EC");

  private final Tokens tokens = tokensAt(NOW, null);

  @Test
  void ownTokenTellsWhoAndUntilWhen() {
    Caller caller = tokens.verify(tokens.issue(new UserId("mei"), Role.MODERATOR));

    assertThat(caller)
        .isEqualTo(new Caller(new UserId("mei"), Role.MODERATOR, NOW.plusSeconds(3600)));
  }

  @Test
  void ownTokenThatIsOverIsExpired() {
    String token = tokens.issue(new UserId("mei"), Role.USER);

    assertThat(tokensAt(NOW.plusSeconds(3599), null).verify(token).user().value()).isEqualTo("mei");
    assertRefused(tokensAt(NOW.plusSeconds(3600), null), token, ErrorCode.TOKEN_EXPIRED);
  }

  @Test
  void tokenThatWasGoodOnceExpiresAllTheSame() {
    var clock = new MovingClock(NOW);
    var same = new Tokens(new Tokens.Own(KEY, Duration.ofHours(1)), null, clock);
    String token = same.issue(new UserId("mei"), Role.USER);
    same.verify(token);

    clock.now = NOW.plusSeconds(3600);

    assertRefused(same, token, ErrorCode.TOKEN_EXPIRED);
  }

  @Test
  void changedSignatureOrClaimsAreInvalid() {
    String token = tokens.issue(new UserId("mei"), Role.USER);
    String[] parts = token.split("\\.");
    String admin = base64(claims().put("role", "admin"));
    char last = parts[2].charAt(0) == 'A' ? 'B' : 'A';

    assertRefused(tokens, parts[0] + "." + admin + "." + parts[2], ErrorCode.TOKEN_INVALID);
    assertRefused(
        tokens,
        parts[0] + "." + parts[1] + "." + last + parts[2].substring(1),
        ErrorCode.TOKEN_INVALID);
    assertRefused(tokens, parts[0] + "." + parts[1] + ".", ErrorCode.TOKEN_INVALID);
  }

  @Test
  void anotherKeyIsInvalid() {
    var other = new Tokens(new Tokens.Own(KEY + "x", Duration.ofHours(1)), null, fixed(NOW));

    assertRefused(tokens, other.issue(new UserId("mei"), Role.USER), ErrorCode.TOKEN_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "", "HS512", "RS256", "ES256", "hs256"})
  void headerHasNoSayInTheAlgorithm(String algorithm) {
    String signed = base64(new JsonObject().put("alg", algorithm)) + "." + base64(claims());
    String mac = Base64.getUrlEncoder().withoutPadding().encodeToString(mac(KEY, signed));

    assertRefused(tokens, signed + "." + mac, ErrorCode.TOKEN_INVALID);
    assertRefused(tokens, signed + ".", ErrorCode.TOKEN_INVALID);
  }

  @Test
  void publicKeyIsNoSecretOfOurs() {
    var both = tokensAt(NOW, outside(Tokens.Algorithm.RS256, null, null));
    String signed = base64(new JsonObject().put("alg", "HS256")) + "." + base64(claims());
    String pem = pem(RSA);
    String mac = Base64.getUrlEncoder().withoutPadding().encodeToString(mac(pem, signed));

    assertRefused(both, signed + "." + mac, ErrorCode.TOKEN_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256"})
  void identityServiceIsBelieved(String algorithm) {
    var both = tokensAt(NOW, outside(Tokens.Algorithm.valueOf(algorithm), null, null));

    String token = signed(algorithm, claims().put("role", "moderator"));

    assertThat(both.verify(token).role()).isEqualTo(Role.MODERATOR);
    assertThat(both.verify(both.issue(new UserId("li"), Role.USER)).user().value()).isEqualTo("li");
    assertRefused(tokens, token, ErrorCode.TOKEN_INVALID);
  }

  @Test
  void outsideTokenWithoutRoleIsAUsers() {
    var both = tokensAt(NOW, outside(Tokens.Algorithm.ES256, null, null));
    JsonObject claims = claims();
    claims.remove("role");

    assertThat(both.verify(signed("ES256", claims)).role()).isEqualTo(Role.USER);
    assertRefused(both, own(claims), ErrorCode.TOKEN_INVALID);
  }

  @Test
  void onlyTheClockOfOthersMayBeOff() {
    var both = tokensAt(NOW, outside(Tokens.Algorithm.ES256, null, null));
    long now = NOW.getEpochSecond();

    assertThat(both.verify(signed("ES256", claims().put("exp", now - 29)))).isNotNull();
    assertRefused(both, signed("ES256", claims().put("exp", now - 30)), ErrorCode.TOKEN_EXPIRED);
    assertThat(both.verify(signed("ES256", claims().put("nbf", now + 30)))).isNotNull();
    assertRefused(both, signed("ES256", claims().put("nbf", now + 31)), ErrorCode.TOKEN_INVALID);
    assertRefused(both, own(claims().put("exp", now)), ErrorCode.TOKEN_EXPIRED);
    assertRefused(both, own(claims().put("nbf", now + 1)), ErrorCode.TOKEN_INVALID);
  }

  @Test
  void issuerAndAudienceAreDemandedWhereTheyAreGiven() {
    var strict = tokensAt(NOW, outside(Tokens.Algorithm.ES256, "https://id.example", "live"));
    JsonObject good = claims().put("iss", "https://id.example").put("aud", "live");

    assertThat(strict.verify(signed("ES256", good))).isNotNull();
    JsonObject inList = good.copy().put("aud", new JsonArray().add("shop").add("live"));
    assertThat(strict.verify(signed("ES256", inList))).isNotNull();
    assertRefused(strict, signed("ES256", good.copy().put("iss", "x")), ErrorCode.TOKEN_INVALID);
    assertRefused(strict, signed("ES256", good.copy().put("aud", "x")), ErrorCode.TOKEN_INVALID);
    assertRefused(strict, signed("ES256", claims()), ErrorCode.TOKEN_INVALID);
  }

  @Test
  void es256OfZerosIsInvalid() {
    var both = tokensAt(NOW, outside(Tokens.Algorithm.ES256, null, null));
    String text = base64(new JsonObject().put("alg", "ES256")) + "." + base64(claims());
    String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);

    assertRefused(both, text + "." + zeros, ErrorCode.TOKEN_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\":\"user\",\"exp\":9999999999}",
        "{\"sub\":\"a b\",\"role\":\"user\",\"exp\":9999999999}",
        "{\"sub\":7,\"role\":\"user\",\"exp\":9999999999}",
        "{\"sub\":\"mei\",\"role\":\"root\",\"exp\":9999999999}",
        "{\"sub\":\"mei\",\"role\":[\"admin\"],\"exp\":9999999999}",
        "{\"sub\":\"mei\",\"role\":null,\"exp\":9999999999}",
        "{\"sub\":\"mei\",\"role\":\"user\"}",
        "{\"sub\":\"mei\",\"role\":\"user\",\"exp\":\"9999999999\"}",
        "{\"sub\":\"mei\",\"role\":\"user\",\"exp\":1e300}",
        "{\"sub\":\"mei\",\"role\":\"user\",\"exp\":-1}",
        "{\"sub\":\"mei\",\"role\":\"user\",\"exp\":9999999999,\"nbf\":\"x\"}",
        "[]",
        "null",
        "\"mei\"",
        "{",
        ""
      })
  void signedNonsenseIsInvalid(String claims) {
    assertRefused(tokens, own(claims), ErrorCode.TOKEN_INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b",
        "a.b.c",
        "a.b.c.d",
        "\u0000",
        "é.é.é",
        "bnVsbA.bnVsbA."
      })
  void whatIsNoTokenIsInvalid(String text) {
    assertRefused(tokens, text, ErrorCode.TOKEN_INVALID);
  }

  @Test
  void tokenThatIsTooLongIsInvalid() {
    String token = own(claims().put("more", "x".repeat(5000)));

    assertRefused(tokens, token, ErrorCode.TOKEN_INVALID);
  }

  @Test
  void bearerIsReadFromTheHeader() {
    String token = tokens.issue(new UserId("mei"), Role.USER);

    assertThat(tokens.bearer("Bearer " + token).user().value()).isEqualTo("mei");
    assertThat(tokens.bearer("bearer  " + token).user().value()).isEqualTo("mei");
    assertThat(codeOf(() -> tokens.bearer(null))).isEqualTo(ErrorCode.TOKEN_MISSING);
    assertThat(codeOf(() -> tokens.bearer(" "))).isEqualTo(ErrorCode.TOKEN_MISSING);
    assertThat(codeOf(() -> tokens.bearer("Basic YTpi"))).isEqualTo(ErrorCode.TOKEN_INVALID);
  }

  private static void assertRefused(Tokens tokens, String token, ErrorCode code) {
    assertThat(codeOf(() -> tokens.verify(token))).isEqualTo(code);
  }

  private static ErrorCode codeOf(Runnable call) {
    try {
      call.run();
    } catch (LiveException refused) {
      return refused.code();
    }
    throw new AssertionError("it was accepted");
  }

  private static JsonObject claims() {
    return new JsonObject()
        .put("sub", "mei")
        .put("role", "user")
        .put("exp", NOW.getEpochSecond() + 600);
  }

  private static String own(JsonObject claims) {
    return own(claims.encode());
  }

  private static String own(String claims) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    String signed =
        base64(new JsonObject().put("alg", "HS256"))
            + "."
            + base64.encodeToString(claims.getBytes(UTF_8));
    return signed + "." + base64.encodeToString(mac(KEY, signed));
  }

  private static String signed(String algorithm, JsonObject claims) {
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

  private static byte[] mac(String key, String text) {
    return new TokenKey.Own(key).sign(text.getBytes(UTF_8));
  }

  private static String base64(JsonObject json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.encode().getBytes(UTF_8));
  }

  private static Tokens tokensAt(Instant now, Tokens.Outside outside) {
    return new Tokens(new Tokens.Own(KEY, Duration.ofHours(1)), outside, fixed(now));
  }

  private static Tokens.Outside outside(
      Tokens.Algorithm algorithm, String issuer, String audience) {
    KeyPair pair = algorithm == Tokens.Algorithm.RS256 ? RSA : EC;
    return new Tokens.Outside(algorithm, pem(pair), issuer, audience);
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static KeyPair pair(String family) {
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

  private static Clock fixed(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private static final class MovingClock extends Clock {
    private Instant now;

    private MovingClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
