package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.UserId;
import io.livehall.service.port.AccountStore;
import io.livehall.service.port.AccountStore.Account;
import io.livehall.service.port.AccountStore.NextToken;
import io.livehall.service.port.AccountStore.RefreshToken;
import io.livehall.service.port.Passwords;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Built-in accounts, for an app without an identity service. Any thread may call. */
public final class Accounts {
  private static final int REFRESH_BYTES = 32;
  private static final int SESSION_BYTES = 16;

  private final AccountStore store;
  private final Passwords passwords;
  private final Terms terms;
  private final SignInThrottle throttle;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param refreshFor how long a session lives that nobody uses
   * @param signInsPerMinute how many failed attempts at one user this node bears
   */
  public record Terms(Duration refreshFor, int signInsPerMinute, Clock clock) {}

  /** Who signed in, and the secret by which he stays so. */
  public record Session(UserId user, Role role, String refreshToken) {
    @Override
    public String toString() {
      return "Session[user=" + user + ", role=" + role + "]";
    }
  }

  /** An account that shall exist from the first start on. */
  public record FirstAccount(UserId user, Role role, String password) {
    @Override
    public String toString() {
      return "FirstAccount[user=" + user + ", role=" + role + "]";
    }
  }

  public Accounts(AccountStore store, Passwords passwords, Terms terms) {
    this.store = store;
    this.passwords = passwords;
    this.terms = terms;
    this.throttle = new SignInThrottle(terms.signInsPerMinute(), terms.clock());
  }

  public Future<Void> create(UserId user, String password) {
    return store
        .find(user)
        .compose(
            known ->
                known.isPresent()
                    ? Future.succeededFuture(false)
                    : add(new FirstAccount(user, Role.USER, password)))
        .compose(
            isNew ->
                isNew
                    ? Future.succeededFuture()
                    : refused(ErrorCode.ACCOUNT_EXISTS, "There is an account with this user id."));
  }

  /** An unknown user and a wrong password are told apart neither by the answer nor by its time. */
  public Future<Session> signIn(UserId user, String password) {
    try {
      throttle.enter(user);
    } catch (LiveException tooMany) {
      return Future.failedFuture(tooMany);
    }
    return store
        .find(user)
        .compose(
            known ->
                passwords
                    .matches(password, known.map(Account::passwordHash).orElse(null))
                    .map(matches -> known.filter(account -> matches)))
        .onFailure(trouble -> throttle.takeBack(user))
        .compose(
            account ->
                account.isPresent()
                    ? begin(account.get())
                    : refused(ErrorCode.WRONG_PASSWORD, "The user id or the password is wrong."));
  }

  /** Uses the token up. One that was used before ends its session: somebody has a copy of it. */
  public Future<Session> refresh(String refreshToken) {
    String next = secret(REFRESH_BYTES);
    var now = terms.clock().instant();
    return store
        .refresh(
            sha256(refreshToken), new NextToken(sha256(next), now.plus(terms.refreshFor()), now))
        .compose(
            account ->
                account.isPresent()
                    ? Future.succeededFuture(session(account.get(), next))
                    : refused(
                        ErrorCode.TOKEN_INVALID,
                        "This refresh token is not valid. Sign in again."));
  }

  /** Ends every session of the user; his access tokens run out by themselves. */
  public Future<Void> signOut(UserId user) {
    return store.endSessions(user);
  }

  /** Creates those that are absent. One that exists stays as it is, with its password. */
  public Future<Void> bootstrap(List<FirstAccount> accounts) {
    Future<Void> done = Future.succeededFuture();
    for (FirstAccount account : accounts) {
      done =
          done.compose(before -> store.find(account.user()))
              .compose(
                  known -> known.isPresent() ? Future.succeededFuture() : add(account).mapEmpty());
    }
    return done;
  }

  private Future<Boolean> add(FirstAccount account) {
    return passwords
        .hash(account.password())
        .compose(hash -> store.create(new Account(account.user(), hash, account.role().text())));
  }

  private Future<Session> begin(Account account) {
    throttle.succeeded(account.user());
    String refreshToken = secret(REFRESH_BYTES);
    var until = terms.clock().instant().plus(terms.refreshFor());
    var stored =
        new RefreshToken(sha256(refreshToken), secret(SESSION_BYTES), account.user(), until);
    return store.startSession(stored).map(started -> session(account, refreshToken));
  }

  private static Session session(Account account, String refreshToken) {
    Role role =
        Role.of(account.role())
            .orElseThrow(() -> new IllegalStateException("unknown role: " + account.role()));
    return new Session(account.user(), role, refreshToken);
  }

  private String secret(int bytes) {
    byte[] secret = new byte[bytes];
    random.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** A random secret needs no slow hash: it cannot be guessed. */
  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> Future<T> refused(ErrorCode code, String detail) {
    return Future.failedFuture(new LiveException(code, detail));
  }
}
