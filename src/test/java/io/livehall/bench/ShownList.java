package io.livehall.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What a viewer shows of the list: which rooms, in which order, at which version. */
record ShownList(String epoch, long seq, List<String> order, Map<String, Long> versionById) {

  /** Of a snap, or of the list as the API answers it. */
  static ShownList of(JsonObject at, JsonArray rooms) {
    List<String> order = new ArrayList<>();
    Map<String, Long> versionById = new HashMap<>();
    for (int i = 0; i < rooms.size(); i++) {
      JsonObject room = rooms.getJsonObject(i);
      order.add(room.getString("id"));
      versionById.put(room.getString("id"), room.getLong("version"));
    }
    return new ShownList(at.getString("epoch"), at.getLong("seq"), order, versionById);
  }

  /** The list after a delta; null if that does not continue it. */
  @Nullable ShownList after(JsonObject delta) {
    if (delta.getLong("prev") != seq) {
      return null;
    }
    Map<String, Long> versions = new HashMap<>(versionById);
    JsonArray up = delta.getJsonArray("up");
    for (int i = 0; i < up.size(); i++) {
      versions.put(up.getJsonObject(i).getString("id"), up.getJsonObject(i).getLong("version"));
    }
    JsonArray gone = delta.getJsonArray("rm");
    for (int i = 0; i < gone.size(); i++) {
      versions.remove(gone.getJsonObject(i).getString("id"));
    }
    JsonArray ids = delta.getJsonArray("order");
    List<String> shown = ids == null ? order : ids.stream().map(Object::toString).toList();
    return new ShownList(epoch, delta.getLong("seq"), shown, versions);
  }

  /** As a mark has it. */
  String hash() {
    var crc = new CRC32();
    order.forEach(id -> crc.update((id + ':' + versionById.get(id) + '\n').getBytes(US_ASCII)));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** The same rooms in the same order at the same versions, and not older. */
  boolean isRight(ShownList truth) {
    return epoch.equals(truth.epoch)
        && seq >= truth.seq
        && order.equals(truth.order)
        && versionById.equals(truth.versionById);
  }
}
