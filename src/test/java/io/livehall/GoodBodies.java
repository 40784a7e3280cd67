package io.livehall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** A good body for each operation that takes one, with all its fields. */
final class GoodBodies {
  private static final String URL = "https://img.example/x.jpg";

  static final Map<String, JsonObject> BY_OPERATION =
      Map.of(
          "createAccount", account(),
          "signIn", account(),
          "refreshSession", new JsonObject().put("refreshToken", "abc"),
          "openRoom", room().put("host", person()),
          "editRoom", room(),
          "likeRoom", new JsonObject().put("count", 3),
          "enterRoom", person());

  private GoodBodies() {}

  private static JsonObject account() {
    return new JsonObject().put("userId", "mei").put("password", "long-enough");
  }

  private static JsonObject person() {
    return new JsonObject().put("name", "小美").put("avatarUrl", URL);
  }

  private static JsonObject room() {
    return new JsonObject()
        .put("title", "标题")
        .put("coverUrl", URL)
        .put("location", "上海")
        .put("tags", new JsonArray().add("music"));
  }
}
