package io.livehall.protocol.rest;

import static java.util.Objects.requireNonNull;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.UserId;
import io.livehall.protocol.Input;
import io.livehall.protocol.TextRule;
import io.livehall.protocol.Tokens;
import io.livehall.service.Accounts;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Accounts of our own, and the sessions of those who have one. */
final class SessionRoutes {
  private final Accounts accounts;
  private final Tokens tokens;
  private final RestSettings settings;

  private record Credentials(UserId user, String password) {}

  SessionRoutes(Accounts accounts, Tokens tokens, RestSettings settings) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.settings = settings;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "createAccount", ifThereAreAccounts(this::create),
        "signIn", ifThereAreAccounts(this::signIn),
        "refreshSession", ifThereAreAccounts(this::refresh),
        "signOut", ifThereAreAccounts(this::signOut));
  }

  private Operation ifThereAreAccounts(Operation operation) {
    return settings.hasAccounts()
        ? operation
        : call ->
            Future.failedFuture(
                new LiveException(
                    ErrorCode.NOT_FOUND,
                    "This server has no accounts of its own. Use a token of your app's identity"
                        + " service."));
  }

  private Future<Answer> create(Call call) {
    Credentials wanted = credentials(call.input());
    return accounts
        .create(wanted.user, wanted.password)
        .map(done -> Answer.created(new JsonObject().put("userId", wanted.user.value())));
  }

  private Future<Answer> signIn(Call call) {
    Credentials given = credentials(call.input());
    String pushUrl = settings.forApps().pushUrl(call);
    return accounts.signIn(given.user, given.password).map(session -> answer(session, pushUrl));
  }

  private Future<Answer> refresh(Call call) {
    Input input = call.input();
    String token = input.requiredText("refreshToken", TextRule.REFRESH_TOKEN);
    input.done();
    String pushUrl = settings.forApps().pushUrl(call);
    return accounts.refresh(requireNonNull(token)).map(session -> answer(session, pushUrl));
  }

  private Future<Answer> signOut(Call call) {
    return accounts.signOut(call.user()).map(done -> Answer.nothing());
  }

  private static Credentials credentials(Input input) {
    String user = input.requiredText("userId", TextRule.USER_ID);
    String password = input.requiredText("password", TextRule.PASSWORD);
    input.done();
    return new Credentials(new UserId(requireNonNull(user)), requireNonNull(password));
  }

  private Answer answer(Accounts.Session session, String pushUrl) {
    return Answer.of(
            new JsonObject()
                .put("token", tokens.issue(session.user(), session.role()))
                .put("refreshToken", session.refreshToken())
                .put("expiresInSeconds", tokens.accessFor().toSeconds())
                .put("pushUrl", pushUrl))
        .secret();
  }
}
