package io.livehall.protocol.rest;

import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.protocol.Input;
import io.livehall.protocol.Tokens;
import io.livehall.service.Likes;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Likes, the most frequent of all that is written: finding the route of each would cost more than
 * counting it.
 */
final class LikeRoute implements Handler<HttpServerRequest> {
  private static final String BEGIN = ListRoute.PATH + "/";
  private static final String END = "/likes";
  private static final Buffer[] ANSWERS = new Buffer[Likes.COUNT_MAX + 1];

  static {
    for (int count = 0; count < ANSWERS.length; count++) {
      ANSWERS[count] = Buffer.buffer("{\"accepted\":" + count + "}");
    }
  }

  private final Likes likes;
  private final Tokens tokens;
  private final Problems problems;
  private final BodyReader body;

  LikeRoute(Likes likes, Tokens tokens, Problems problems, BodyReader body) {
    this.likes = likes;
    this.tokens = tokens;
    this.problems = problems;
    this.body = body;
  }

  /** Whether a request gives likes; a path that is written in another way is read by the router. */
  static boolean isFor(HttpServerRequest request) {
    String uri = request.uri();
    return request.method() == HttpMethod.POST
        && uri.startsWith(BEGIN)
        && uri.endsWith(END)
        && uri.indexOf('/', BEGIN.length()) == uri.length() - END.length()
        && uri.indexOf('%') < 0;
  }

  @Override
  public void handle(HttpServerRequest request) {
    try {
      UserId user = tokens.bearer(request.getHeader(HttpHeaders.AUTHORIZATION)).user();
      String uri = request.uri();
      RoomId room = new RoomId(uri.substring(BEGIN.length(), uri.length() - END.length()));
      BodyReader.requireJson(request, Contract.Body.OPTIONAL);
      body.read(request)
          .compose(bytes -> likes.like(room, user, count(Input.ofOptional(bytes))))
          .onSuccess(accepted -> send(request.response(), accepted))
          .onFailure(failure -> problems.answer(request, failure));
    } catch (RuntimeException failure) {
      problems.answer(request, failure);
    }
  }

  /** How many a body asks for. */
  static int count(Input input) {
    Long count = input.whole("count", 1, Likes.COUNT_MAX);
    input.done();
    return count == null ? 1 : count.intValue();
  }

  private static void send(HttpServerResponse response, int accepted) {
    if (response.headWritten() || response.closed()) {
      return;
    }
    Buffer answer = ANSWERS[accepted];
    Headers.ofAnyAnswer(response);
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE)
        .putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.length()))
        .end(answer);
  }
}
