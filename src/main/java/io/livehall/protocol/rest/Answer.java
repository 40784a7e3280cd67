package io.livehall.protocol.rest;

import io.livehall.protocol.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a call is answered with when it went well.
 *
 * @param body null for none
 * @param isSecret nobody on the way may keep it
 */
record Answer(int status, @Nullable Buffer body, boolean isSecret) {
  static Answer of(JsonObject json) {
    return new Answer(200, json.toBuffer(), false);
  }

  static Answer of(byte[] json) {
    return new Answer(200, Buffer.buffer(json), false);
  }

  static Answer of(JsonText json) {
    return of(json.bytes());
  }

  static Answer created(JsonText json) {
    return new Answer(201, Buffer.buffer(json.bytes()), false);
  }

  static Answer created(JsonObject json) {
    return new Answer(201, json.toBuffer(), false);
  }

  static Answer nothing() {
    return new Answer(204, null, false);
  }

  Answer secret() {
    return new Answer(status, body, true);
  }

  void send(HttpServerResponse response) {
    if (response.headWritten() || response.closed()) {
      return;
    }
    Headers.ofAnyAnswer(response);
    response.setStatusCode(status);
    response.putHeader(HttpHeaders.CACHE_CONTROL, isSecret ? Headers.NO_STORE : Headers.NO_CACHE);
    if (body == null) {
      response.end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    response.end(body);
  }
}
