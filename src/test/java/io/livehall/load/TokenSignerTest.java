package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.protocol.Tokens;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenSignerTest {
  private static final String KEY = "a-key-that-is-long-enough-for-hs256";

  @Test
  void theServerTakesItsTokens() {
    var tokens = new Tokens(new Tokens.Own(KEY, Duration.ofHours(1)), null, Clock.systemUTC());

    String token = new TokenSigner(KEY, Duration.ofMinutes(5)).token("load-1");

    assertThat(tokens.verify(token).user().value()).isEqualTo("load-1");
  }
}
