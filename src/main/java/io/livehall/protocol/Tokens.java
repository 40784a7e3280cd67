package io.livehall.protocol;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.UserId;
import io.livehall.service.Role;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Issues our tokens (JWT, HS256) and checks them and those of the app's identity service. Any
 * thread may call.
 */
public final class Tokens {
  private static final int LENGTH_MAX = 4096;
  private static final int KNOWN_MAX = 10_000;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** How an identity service signs. */
  public enum Algorithm {
    RS256,
    ES256
  }

  /** Our own key, and for how long its tokens are good. */
  public record Own(String key, Duration accessFor) {
    @Override
    public String toString() {
      return "Own[accessFor=" + accessFor + "]";
    }
  }

  /** An identity service; issuer and audience are demanded of its tokens where they are given. */
  public record Outside(
      Algorithm algorithm,
      String publicKeyPem,
      @Nullable String issuer,
      @Nullable String audience) {}

  private record Known(Caller caller, Instant until) {}

  private final TokenKey.Own ownKey;
  private final Duration accessFor;
  private final TokenKey.@Nullable Outside outsideKey;
  private final TokenClaims ownRules;
  private final TokenClaims outsideRules;
  private final Clock clock;
  private final String header;

  /** Tokens that were proved good: to prove one costs more than most of the calls it comes with. */
  private final ConcurrentMap<String, Known> knownByText = new ConcurrentHashMap<>();

  public Tokens(Own own, @Nullable Outside outside, Clock clock) {
    this.ownKey = new TokenKey.Own(own.key());
    this.accessFor = own.accessFor();
    this.outsideKey =
        outside == null ? null : TokenKey.Outside.of(outside.algorithm(), outside.publicKeyPem());
    this.ownRules = TokenClaims.OF_OURS;
    this.outsideRules =
        outside == null
            ? TokenClaims.OF_OURS
            : TokenClaims.ofOutside(outside.issuer(), outside.audience());
    this.clock = clock;
    this.header = base64(new JsonObject().put("alg", ownKey.algorithm()).put("typ", "JWT"));
  }

  public Duration accessFor() {
    return accessFor;
  }

  public String issue(UserId user, Role role) {
    long now = clock.instant().getEpochSecond();
    var claims =
        new JsonObject()
            .put("sub", user.value())
            .put("role", role.text())
            .put("iat", now)
            .put("exp", now + accessFor.toSeconds());
    String signed = header + "." + base64(claims);
    return signed + "." + BASE64.encodeToString(ownKey.sign(ascii(signed)));
  }

  /** Who sent {@code Authorization: Bearer TOKEN}; TOKEN_MISSING where there is none. */
  public Caller bearer(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      throw new LiveException(
          ErrorCode.TOKEN_MISSING, "Send a token: Authorization: Bearer TOKEN.");
    }
    String scheme = "Bearer ";
    if (!authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
      throw TokenClaims.invalid("Send the token as Authorization: Bearer TOKEN.");
    }
    return verify(authorization.substring(scheme.length()).strip());
  }

  /** Fails TOKEN_EXPIRED for a good token that is over, and TOKEN_INVALID for any other. */
  public Caller verify(String text) {
    Instant now = clock.instant();
    Known known = knownByText.get(text);
    if (known != null && now.isBefore(known.until)) {
      return known.caller;
    }
    if (text.length() > LENGTH_MAX) {
      throw TokenClaims.invalid("The token is too long.");
    }
    Known proved = prove(text, now);
    if (knownByText.size() >= KNOWN_MAX) {
      knownByText.clear();
    }
    knownByText.put(text, proved);
    return proved.caller;
  }

  private Known prove(String text, Instant now) {
    int first = text.indexOf('.');
    int last = text.lastIndexOf('.');
    if (first < 1 || last <= first + 1 || text.indexOf('.', first + 1) != last) {
      throw TokenClaims.invalid("That is not a token.");
    }
    TokenKey key = keyFor(json(text.substring(0, first)));
    if (!key.isSignature(ascii(text.substring(0, last)), bytes(text.substring(last + 1)))) {
      throw TokenClaims.invalid("The token's signature is not good.");
    }
    TokenClaims rules = key == ownKey ? ownRules : outsideRules;
    Caller caller = rules.read(json(text.substring(first + 1, last)), now);
    return new Known(caller, caller.until().plus(rules.leeway()));
  }

  /**
   * The algorithm that a header names chooses among the keys; it never changes what a key is for.
   */
  private TokenKey keyFor(JsonObject head) {
    Object algorithm = head.getValue("alg");
    if (head.containsKey("crit")) {
      throw TokenClaims.invalid("The token asks for what is not known here.");
    }
    if (ownKey.algorithm().equals(algorithm)) {
      return ownKey;
    }
    if (outsideKey != null && outsideKey.algorithm().equals(algorithm)) {
      return outsideKey;
    }
    throw TokenClaims.invalid("The token is signed in a way that is not accepted here.");
  }

  private static JsonObject json(String base64) {
    try {
      return new JsonObject(new String(bytes(base64), StandardCharsets.UTF_8));
    } catch (DecodeException | ClassCastException e) {
      throw TokenClaims.invalid("That is not a token.");
    }
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getUrlDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw TokenClaims.invalid("That is not a token.");
    }
  }

  private static String base64(JsonObject json) {
    return BASE64.encodeToString(json.toBuffer().getBytes());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
