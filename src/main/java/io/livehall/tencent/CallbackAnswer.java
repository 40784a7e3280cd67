package io.livehall.tencent;

import io.vertx.core.json.JsonObject;

/**
 * What the cloud is answered. It takes 200 with code 0 for "heard", and repeats itself otherwise.
 */
public final class CallbackAnswer {
  public static final String HEARD = new JsonObject().put("code", 0).encode();

  private CallbackAnswer() {}

  public static String refusal(int code, String message) {
    return new JsonObject().put("code", code).put("message", message).encode();
  }
}
