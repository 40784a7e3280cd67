package io.livehall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class Pbkdf2PasswordsTest {
  private static final Vertx VERTX = Vertx.vertx();
  private final Pbkdf2Passwords passwords = new Pbkdf2Passwords(VERTX);

  @AfterAll
  static void close() {
    await(VERTX.close());
  }

  @Test
  void onlyTheSamePasswordMatches() {
    String stored = await(passwords.hash("正しい horse"));

    assertThat(stored).startsWith("pbkdf2-sha512$210000$").doesNotContain("horse");
    assertThat(await(passwords.matches("正しい horse", stored))).isTrue();
    assertThat(await(passwords.matches("正しい horsf", stored))).isFalse();
  }

  @Test
  void samePasswordTwiceIsStoredDifferently() {
    assertThat(await(passwords.hash("correct-horse")))
        .isNotEqualTo(await(passwords.hash("correct-horse")));
  }

  @Test
  void knownVectorMatches() {
    // PBKDF2-HMAC-SHA512, "password", "saltsaltsaltsalt", 1000 iterations, 64 bytes; made with
    // python3 hashlib.pbkdf2_hmac.
    String stored =
        "pbkdf2-sha512$1000$c2FsdHNhbHRzYWx0c2FsdA$715rqIr5dXOVPpBhqqsugl037zT5bWJTWYmZtIcK8hBnisKpwfY7kokvwjDrNHqHhF50Pb7MD6HvkJwiDQw4ww";

    assertThat(await(passwords.matches("password", stored))).isTrue();
  }

  @Test
  void nobodyMatchesNoAccount() {
    assertThat(await(passwords.matches("correct-horse", null))).isFalse();
  }

  @Test
  void moreThanMayWaitAreRefusedAtOnce() {
    List<Future<String>> hashes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      hashes.add(passwords.hash("correct-horse"));
    }

    assertThat(hashes.subList(34, 40))
        .allSatisfy(
            refused ->
                assertThat(((LiveException) refused.cause()).code())
                    .isEqualTo(ErrorCode.RATE_LIMITED));
    await(Future.join(hashes.subList(0, 34)));
    assertThat(await(passwords.hash("correct-horse"))).isNotEmpty();
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(20, TimeUnit.SECONDS).await();
  }
}
