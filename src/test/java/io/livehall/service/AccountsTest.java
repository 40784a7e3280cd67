package io.livehall.service;

import static io.livehall.TestStores.await;
import static io.livehall.service.Outcomes.codeOf;
import static io.livehall.service.Outcomes.failure;
import static io.livehall.service.Outcomes.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.UserId;
import io.livehall.postgres.PostgresAccounts;
import io.livehall.service.port.AccountStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final String PASSWORD = "correct-horse";

  private final AccountStore store = new PostgresAccounts(TestStores.postgres());
  private final PlainPasswords passwords = new PlainPasswords();
  private final SetClock clock = new SetClock();
  private final Accounts accounts =
      new Accounts(store, passwords, new Accounts.Terms(Duration.ofDays(1), 3, clock));
  private final UserId mei = new UserId("mei-" + UUID.randomUUID());

  @Test
  void whoCreatedAnAccountCanSignIn() {
    await(accounts.create(mei, PASSWORD));

    Accounts.Session session = await(accounts.signIn(mei, PASSWORD));

    assertThat(session.user()).isEqualTo(mei);
    assertThat(session.role()).isEqualTo(Role.USER);
    assertThat(session.refreshToken()).hasSize(43);
  }

  @Test
  void takenNameIsRefusedAndKeepsItsPassword() {
    await(accounts.create(mei, PASSWORD));

    assertThat(codeOf(accounts.create(mei, "another-one"))).isEqualTo(ErrorCode.ACCOUNT_EXISTS);
    assertThat(await(accounts.signIn(mei, PASSWORD))).isNotNull();
  }

  @Test
  void oneOfManyWhoWantANameAtOnceGetsIt() {
    List<Future<Void>> all =
        IntStream.range(0, 10).mapToObj(i -> accounts.create(mei, PASSWORD)).toList();

    settled(all);

    assertThat(all.stream().filter(Future::succeeded)).hasSize(1);
  }

  @Test
  void unknownUserAndWrongPasswordAreAnsweredAlike() {
    await(accounts.create(mei, PASSWORD));
    int before = passwords.compared.get();

    LiveException wrong = failure(accounts.signIn(mei, "wrong-horse"));
    LiveException unknown = failure(accounts.signIn(new UserId("nobody"), "wrong-horse"));

    assertThat(wrong.code()).isEqualTo(ErrorCode.WRONG_PASSWORD);
    assertThat(unknown.code()).isEqualTo(ErrorCode.WRONG_PASSWORD);
    assertThat(unknown.detail()).isEqualTo(wrong.detail());
    assertThat(passwords.compared.get() - before).as("hashes made").isEqualTo(2);
  }

  @Test
  void guessingIsStoppedForAMinute() {
    await(accounts.create(mei, PASSWORD));
    for (int i = 0; i < 3; i++) {
      assertThat(codeOf(accounts.signIn(mei, "guess-no-" + i))).isEqualTo(ErrorCode.WRONG_PASSWORD);
    }

    assertThat(codeOf(accounts.signIn(mei, PASSWORD))).isEqualTo(ErrorCode.RATE_LIMITED);

    clock.now = clock.now.plusSeconds(60);
    assertThat(await(accounts.signIn(mei, PASSWORD))).isNotNull();
  }

  @Test
  void guessingAtOnceIsNoWayAround() {
    await(accounts.create(mei, PASSWORD));

    List<Future<Accounts.Session>> guesses =
        IntStream.range(0, 10).mapToObj(i -> accounts.signIn(mei, "guess-no-" + i)).toList();
    settled(guesses);

    assertThat(guesses.stream().filter(g -> codeOf(g) == ErrorCode.WRONG_PASSWORD)).hasSize(3);
  }

  @Test
  void successForgetsTheFailuresBeforeIt() {
    await(accounts.create(mei, PASSWORD));
    for (int i = 0; i < 4; i++) {
      assertThat(codeOf(accounts.signIn(mei, "wrong-one"))).isEqualTo(ErrorCode.WRONG_PASSWORD);
      await(accounts.signIn(mei, PASSWORD));
    }
  }

  @Test
  void firstAccountsAreCreatedOnceAndNeverOverwritten() {
    var first = new Accounts.FirstAccount(mei, Role.ADMIN, PASSWORD);
    await(accounts.bootstrap(List.of(first)));

    await(accounts.bootstrap(List.of(new Accounts.FirstAccount(mei, Role.USER, "another-one"))));

    assertThat(await(accounts.signIn(mei, PASSWORD)).role()).isEqualTo(Role.ADMIN);
  }
}
