package io.livehall.protocol;

import static io.livehall.protocol.Jwts.NOW;
import static io.livehall.protocol.Jwts.RSA;
import static io.livehall.protocol.Jwts.assertRefused;
import static io.livehall.protocol.Jwts.base64;
import static io.livehall.protocol.Jwts.claims;
import static io.livehall.protocol.Jwts.mac;
import static io.livehall.protocol.Jwts.outside;
import static io.livehall.protocol.Jwts.own;
import static io.livehall.protocol.Jwts.pem;
import static io.livehall.protocol.Jwts.signed;
import static io.livehall.protocol.Jwts.tokensAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.UserId;
import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideTokensTest {
  private final Tokens tokens = tokensAt(NOW, null);

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
}
