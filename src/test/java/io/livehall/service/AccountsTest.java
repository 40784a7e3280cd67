package io.livehall.service;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.UserId;
import io.livehall.postgres.PostgresAccounts;
import io.livehall.service.port.AccountStore;
import io.livehall.service.port.Passwords;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
  void refreshTokenIsGoodOnce() {
    Accounts.Session first = signedIn();

    Accounts.Session second = await(accounts.refresh(first.refreshToken()));

    assertThat(second.user()).isEqualTo(mei);
    assertThat(await(accounts.refresh(second.refreshToken())).user()).isEqualTo(mei);
  }

  @Test
  void reuseOfATokenEndsItsSessionAndNoOther() {
    Accounts.Session other = signedIn();
    Accounts.Session first = await(accounts.signIn(mei, PASSWORD));
    Accounts.Session second = await(accounts.refresh(first.refreshToken()));

    assertThat(codeOf(accounts.refresh(first.refreshToken()))).isEqualTo(ErrorCode.TOKEN_INVALID);

    assertThat(codeOf(accounts.refresh(second.refreshToken()))).isEqualTo(ErrorCode.TOKEN_INVALID);
    assertThat(await(accounts.refresh(other.refreshToken()))).isNotNull();
  }

  @Test
  void ofManyWhoUseATokenAtOnceAtMostOneSucceeds() {
    String token = signedIn().refreshToken();

    List<Future<Accounts.Session>> all =
        IntStream.range(0, 8).mapToObj(i -> accounts.refresh(token)).toList();
    settled(all);

    assertThat(all.stream().filter(Future::succeeded)).hasSize(1);
    assertThat(all.stream().filter(Future::failed))
        .allSatisfy(failed -> assertThat(codeOf(failed)).isEqualTo(ErrorCode.TOKEN_INVALID));
    String won = all.stream().filter(Future::succeeded).findFirst().get().result().refreshToken();
    assertThat(codeOf(accounts.refresh(won))).isEqualTo(ErrorCode.TOKEN_INVALID);
  }

  @Test
  void refreshTokenRunsOut() {
    String token = signedIn().refreshToken();

    clock.now = clock.now.plus(Duration.ofDays(1));

    assertThat(codeOf(accounts.refresh(token))).isEqualTo(ErrorCode.TOKEN_INVALID);
  }

  @Test
  void unknownTokenIsInvalid() {
    assertThat(codeOf(accounts.refresh("no-such-token"))).isEqualTo(ErrorCode.TOKEN_INVALID);
  }

  @Test
  void signingOutEndsAllSessions() {
    Accounts.Session one = signedIn();
    Accounts.Session two = await(accounts.signIn(mei, PASSWORD));

    await(accounts.signOut(mei));

    assertThat(codeOf(accounts.refresh(one.refreshToken()))).isEqualTo(ErrorCode.TOKEN_INVALID);
    assertThat(codeOf(accounts.refresh(two.refreshToken()))).isEqualTo(ErrorCode.TOKEN_INVALID);
    await(accounts.signOut(new UserId("nobody")));
  }

  @Test
  void signingOutWhileRefreshingLeavesNoSession() {
    await(accounts.create(mei, PASSWORD));
    for (int round = 0; round < 10; round++) {
      String token = await(accounts.signIn(mei, PASSWORD)).refreshToken();
      Future<Accounts.Session> refreshed = accounts.refresh(token);
      Future<Void> out = accounts.signOut(mei);
      settled(List.of(refreshed, out));

      assertThat(out.succeeded()).isTrue();
      assertThat(sessionsOf(mei)).as("sessions left").isZero();
    }
  }

  @Test
  void firstAccountsAreCreatedOnceAndNeverOverwritten() {
    var first = new Accounts.FirstAccount(mei, Role.ADMIN, PASSWORD);
    await(accounts.bootstrap(List.of(first)));

    await(accounts.bootstrap(List.of(new Accounts.FirstAccount(mei, Role.USER, "another-one"))));

    assertThat(await(accounts.signIn(mei, PASSWORD)).role()).isEqualTo(Role.ADMIN);
  }

  private Accounts.Session signedIn() {
    await(accounts.create(mei, PASSWORD));
    return await(accounts.signIn(mei, PASSWORD));
  }

  /** Counts what a refresh that came too late may have left behind. */
  private static long sessionsOf(UserId user) {
    return await(
        TestStores.postgres()
            .with(
                pool ->
                    pool.preparedQuery(
                            "select count(*) from refresh_token where user_id = $1"
                                + " and used_at is null")
                        .execute(io.vertx.sqlclient.Tuple.of(user.value()))
                        .map(rows -> rows.iterator().next().getLong(0))));
  }

  private static void settled(List<? extends Future<?>> futures) {
    await(Future.join(new ArrayList<>(futures)).otherwiseEmpty());
  }

  private static ErrorCode codeOf(Future<?> future) {
    return failure(future).code();
  }

  private static LiveException failure(Future<?> future) {
    try {
      await(future);
    } catch (LiveException refused) {
      return refused;
    }
    throw new AssertionError("it was accepted");
  }

  /** Stands in for the slow hash; that has tests of its own. */
  private static final class PlainPasswords implements Passwords {
    private final AtomicInteger compared = new AtomicInteger();

    @Override
    public Future<String> hash(String password) {
      return Future.succeededFuture("plain:" + password);
    }

    @Override
    public Future<Boolean> matches(String password, String stored) {
      compared.incrementAndGet();
      return Future.succeededFuture(("plain:" + password).equals(stored));
    }
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
