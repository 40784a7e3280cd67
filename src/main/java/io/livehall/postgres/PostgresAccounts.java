package io.livehall.postgres;

import io.livehall.domain.UserId;
import io.livehall.service.port.AccountStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Accounts and their sessions. Who changes sessions locks the account first and tokens after it, so
 * that two never wait for each other, and a sign-out misses no token that is just being made.
 */
public final class PostgresAccounts implements AccountStore {
  private final Postgres postgres;

  public PostgresAccounts(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Future<Boolean> create(Account account) {
    String sql =
        """
        insert into account (user_id, password_hash, role) values ($1, $2, $3)
        on conflict (user_id) do nothing
        """;
    var values = Tuple.of(account.user().value(), account.passwordHash(), account.role());
    return postgres.with(
        pool -> pool.preparedQuery(sql).execute(values).map(done -> done.rowCount() == 1));
  }

  @Override
  public Future<Optional<Account>> find(UserId user) {
    String sql = "select user_id, password_hash, role from account where user_id = $1";
    return postgres.with(
        pool ->
            pool.preparedQuery(sql)
                .execute(Tuple.of(user.value()))
                .map(rows -> rows.stream().findFirst().map(PostgresAccounts::account)));
  }

  /** The user's tokens that ran out go at the same time: nobody else ever looks at them. */
  @Override
  public Future<Void> startSession(RefreshToken token) {
    String insert =
        """
        insert into refresh_token (hash, session, user_id, expires_at) values ($1, $2, $3, $4)
        """;
    String sweep =
        """
        delete from refresh_token where hash in (
          select hash from refresh_token where user_id = $1 and expires_at < now()
          limit 1000 for update skip locked)
        """;
    String user = token.user().value();
    var values = Tuple.of(token.hash(), token.session(), user, at(token.expiresAt()));
    return postgres.inTransaction(
        connection ->
            connection
                .preparedQuery(insert)
                .execute(values)
                .compose(stored -> connection.preparedQuery(sweep).execute(Tuple.of(user)))
                .mapEmpty());
  }

  @Override
  public Future<Optional<Account>> refresh(String oldHash, NextToken next) {
    String lock =
        """
        select account.user_id, account.password_hash, account.role, refresh_token.session
        from refresh_token join account on account.user_id = refresh_token.user_id
        where refresh_token.hash = $1
        for key share of account
        """;
    return postgres.inTransaction(
        connection ->
            connection
                .preparedQuery(lock)
                .execute(Tuple.of(oldHash))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(Optional.empty())
                            : rotate(connection, rows.iterator().next(), oldHash, next)));
  }

  @Override
  public Future<Void> endSessions(UserId user) {
    var values = Tuple.of(user.value());
    return postgres.inTransaction(
        connection ->
            connection
                .preparedQuery("select 1 from account where user_id = $1 for update")
                .execute(values)
                .compose(
                    locked ->
                        connection
                            .preparedQuery("delete from refresh_token where user_id = $1")
                            .execute(values))
                .mapEmpty());
  }

  private static Future<Optional<Account>> rotate(
      Session connection, Row found, String oldHash, NextToken next) {
    String use =
        """
        update refresh_token set used_at = $2
        where hash = $1 and used_at is null and expires_at > $2
        """;
    String insert =
        """
        insert into refresh_token (hash, session, user_id, expires_at) values ($1, $2, $3, $4)
        """;
    var values =
        Tuple.of(
            next.hash(),
            found.getString("session"),
            found.getString("user_id"),
            at(next.expiresAt()));
    return connection
        .preparedQuery(use)
        .execute(Tuple.of(oldHash, at(next.now())))
        .compose(
            used ->
                used.rowCount() == 1
                    ? connection
                        .preparedQuery(insert)
                        .execute(values)
                        .map(stored -> Optional.of(account(found)))
                    : endIfUsed(connection, oldHash).map(ended -> Optional.empty()));
  }

  private static Future<Void> endIfUsed(Session connection, String hash) {
    String sql =
        """
        delete from refresh_token where session in (
          select session from refresh_token where hash = $1 and used_at is not null)
        """;
    return connection.preparedQuery(sql).execute(Tuple.of(hash)).mapEmpty();
  }

  private static Account account(Row row) {
    return new Account(
        new UserId(row.getString("user_id")),
        row.getString("password_hash"),
        row.getString("role"));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
