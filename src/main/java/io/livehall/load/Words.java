package io.livehall.load;

import io.livehall.domain.Position;
import org.jspecify.annotations.Nullable;

/** What a client says. Nothing in it needs an escape: ids, numbers and tokens. */
final class Words {
  private Words() {}

  /**
   * @param token null for nobody in particular
   */
  static String hello(@Nullable String token) {
    return token == null ? "{\"t\":\"hello\"}" : "{\"t\":\"hello\",\"token\":\"" + token + "\"}";
  }

  /**
   * @param since where the client is; null where it has nothing
   */
  static String list(LoadOptions.Viewers view, @Nullable Position since) {
    String sub =
        "{\"t\":\"sub\",\"view\":\"hall\",\"sort\":\"%s\",\"limit\":%d"
            .formatted(view.sort(), view.limit());
    return since == null
        ? sub + "}"
        : sub + ",\"since\":{\"epoch\":\"%s\",\"seq\":%d}}".formatted(since.epoch(), since.seq());
  }

  static String room(String id) {
    return "{\"t\":\"sub\",\"view\":\"room\",\"room\":\"" + id + "\"}";
  }

  static String enter(String room) {
    return "{\"t\":\"enter\",\"room\":\"" + room + "\"}";
  }

  static String like(String room) {
    return "{\"t\":\"like\",\"room\":\"" + room + "\",\"n\":1}";
  }

  static String resync(String channel) {
    return "{\"t\":\"resync\",\"ch\":\"" + channel + "\"}";
  }
}
