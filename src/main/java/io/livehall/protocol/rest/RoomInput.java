package io.livehall.protocol.rest;

import static java.util.Objects.requireNonNull;

import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.UserId;
import io.livehall.protocol.Input;
import io.livehall.protocol.TextRule;
import io.livehall.service.Order;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a host says of his room. */
final class RoomInput {
  private static final int TAGS_MAX = 8;

  private RoomInput() {}

  record Opening(Host host, RoomInfo info) {
    /** The same wish gives the same digest, however it was written down. */
    Order.@Nullable Attempt attempt(@Nullable String key) {
      return key == null ? null : new Order.Attempt(key, digest(canonical()));
    }

    private String canonical() {
      return new JsonObject()
          .put("title", info.title())
          .put("coverUrl", info.coverUrl())
          .put("location", info.location())
          .put("tags", new JsonArray(info.tags()))
          .put("name", host.name())
          .put("avatarUrl", host.avatarUrl())
          .encode();
    }
  }

  static Opening opening(Input input, UserId by) {
    String title = input.requiredText("title", TextRule.TITLE);
    String coverUrl = input.text("coverUrl", TextRule.HTTP_URL);
    String location = input.text("location", TextRule.LOCATION);
    List<String> tags = input.texts("tags", TAGS_MAX, TextRule.TAG);
    Input host = input.part("host");
    String name = host.text("name", TextRule.NAME);
    String avatarUrl = host.text("avatarUrl", TextRule.HTTP_URL);
    input.done();
    var info =
        new RoomInfo(requireNonNull(title), coverUrl, location, tags == null ? List.of() : tags);
    return new Opening(new Host(by, name, avatarUrl), info);
  }

  static RoomInfo.Patch patch(Input input) {
    if (input.isEmpty()) {
      throw LiveException.invalid("title", "or coverUrl, location or tags must be there");
    }
    var patch =
        new RoomInfo.Patch(
            input.text("title", TextRule.TITLE),
            input.text("coverUrl", TextRule.HTTP_URL),
            input.text("location", TextRule.LOCATION),
            input.texts("tags", TAGS_MAX, TextRule.TAG));
    input.done();
    return patch;
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
