package io.livehall.service;

import static io.livehall.TestStores.await;
import static io.livehall.service.Outcomes.codeOf;
import static io.livehall.service.Outcomes.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.UserId;
import io.livehall.postgres.PostgresAccounts;
import io.livehall.service.port.AccountStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final String PASSWORD = "correct-horse";

  private final AccountStore store = new PostgresAccounts(TestStores.postgres());
  private final PlainPasswords passwords = new PlainPasswords();
  private final SetClock clock = new SetClock();
  private final Accounts accounts =
      new Accounts(store, passwords, new Accounts.Terms(Duration.ofDays(1), 3, clock));
  private final UserId mei = new UserId("mei-" + UUID.randomUUID());

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
}
