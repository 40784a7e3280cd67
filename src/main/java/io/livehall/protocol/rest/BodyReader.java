package io.livehall.protocol.rest;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a request's body up to a limit, announced or not. */
final class BodyReader {
  /** Who goes on sending what was refused loses his connection. */
  private static final int PATIENCE = 16;

  private static final String JSON = "application/json";

  private final int bytesMax;

  BodyReader(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Fails UNSUPPORTED_MEDIA_TYPE unless the body, if there must be one, is JSON in UTF-8. */
  static void requireJson(HttpServerRequest request, Contract.Body wanted) {
    boolean isThere =
        wanted == Contract.Body.REQUIRED || (wanted == Contract.Body.OPTIONAL && isSent(request));
    if (isThere && !isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      throw new LiveException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send JSON, with Content-Type: application/json.");
    }
  }

  Future<Buffer> read(HttpServerRequest request) {
    if (announced(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > bytesMax) {
      return Future.failedFuture(tooLarge());
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    long[] received = {0};
    request.handler(
        part -> {
          received[0] += part.length();
          if (received[0] <= bytesMax) {
            body.appendBuffer(part);
          } else if (received[0] > (long) bytesMax * PATIENCE) {
            request.connection().close();
          } else {
            whole.tryFail(tooLarge());
          }
        });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  /** As the head of a request says. */
  private static boolean isSent(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private LiveException tooLarge() {
    return new LiveException(
        ErrorCode.BODY_TOO_LARGE, "A body has at most " + bytesMax + " bytes.");
  }

  private static long announced(@Nullable String length) {
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static boolean isJson(@Nullable String type) {
    if (type == null || type.equals(JSON)) {
      return type != null;
    }
    String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return parts[0].strip().equals(JSON);
  }
}
