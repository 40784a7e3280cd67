package io.livehall.protocol;

import static io.livehall.protocol.Jwts.KEY;
import static io.livehall.protocol.Jwts.NOW;
import static io.livehall.protocol.Jwts.assertRefused;
import static io.livehall.protocol.Jwts.base64;
import static io.livehall.protocol.Jwts.claims;
import static io.livehall.protocol.Jwts.codeOf;
import static io.livehall.protocol.Jwts.fixed;
import static io.livehall.protocol.Jwts.mac;
import static io.livehall.protocol.Jwts.own;
import static io.livehall.protocol.Jwts.signed;
import static io.livehall.protocol.Jwts.tokensAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.UserId;
import io.livehall.service.Role;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
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
