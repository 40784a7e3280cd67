package io.livehall.load;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;

/**
 * An account that was made for this run, with a password that nobody else knows. The server works
 * long on a password, and takes few at a time: so accounts are made one after the other, and each
 * call is repeated at most 5 times where the server says that it is busy.
 */
final class Account implements Pass {
  private static final int TRIES_MAX = 5;
  private static final long WAIT_SECONDS_MAX = 60;

  private final Api api;
  private final URI base;
  private final Stop stop;
  private volatile String token = "";
  private volatile String refreshToken = "";

  private Account(Api api, URI base, Stop stop) {
    this.api = api;
    this.base = base;
    this.stop = stop;
  }

  static Account made(Api api, URI base, JsonObject credentials, Stop stop) {
    var account = new Account(api, base, stop);
    account.good("/v1/accounts", credentials);
    account.take(account.good("/v1/sessions", credentials));
    return account;
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public synchronized void renew() {
    var body = new JsonObject().put("refreshToken", refreshToken);
    Api.Reply reply = api.call(base, Api.Call.post("/v1/sessions/refresh", body));
    if (reply.isGood()) {
      take(reply);
    }
  }

  private void take(Api.Reply session) {
    token = session.json().getString("token");
    refreshToken = session.json().getString("refreshToken");
  }

  private Api.Reply good(String path, JsonObject body) {
    Api.Reply reply = api.call(base, Api.Call.post(path, body));
    for (int i = 1; i < TRIES_MAX && isBusy(reply); i++) {
      long wait = Math.min(WAIT_SECONDS_MAX, reply.retryAfterSeconds().orElse(1L));
      if (stop.pause(Duration.ofSeconds(wait))) {
        break;
      }
      reply = api.call(base, Api.Call.post(path, body));
    }
    if (!reply.isGood()) {
      throw new LoadException(
          "no account for a host: POST %s%s answers %s; with --token-key or --tokens none is needed"
              .formatted(base, path, reply.detail()));
    }
    return reply;
  }

  private static boolean isBusy(Api.Reply reply) {
    return reply.status() == 429 || reply.status() == 503;
  }
}
