package io.livehall;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** One view as an app shows it, made of the frames that it was sent; it accepts no hole in them. */
final class ShownHall {
  private final String channel;
  private final Map<String, JsonObject> roomById = new LinkedHashMap<>();
  private List<String> order = List.of();
  private String epoch;
  private long seq = -1;
  private int total;
  private int taken;
  private AssertionError fault;

  ShownHall(String channel) {
    this.channel = channel;
  }

  /** From the page that REST answered. */
  static ShownHall of(String channel, JsonObject page) {
    var shown = new ShownHall(channel);
    shown.snap(page.copy().mergeIn(page.getJsonObject("asOf")));
    return shown;
  }

  /** Goes on with what it holds, with another client. */
  ShownHall comeBack() {
    taken = 0;
    return this;
  }

  /** All that this client was sent and this view has not seen yet. */
  ShownHall follow(PushClient client) {
    List<JsonObject> frames = client.frames();
    try {
      while (taken < frames.size()) {
        take(frames.get(taken++));
      }
    } catch (AssertionError wrong) {
      fault = fault == null ? wrong : fault;
    }
    if (fault != null) {
      throw fault; // also of one that was mended since
    }
    return this;
  }

  List<String> ids() {
    return order;
  }

  List<JsonObject> rooms() {
    return order.stream().map(roomById::get).toList();
  }

  JsonObject position() {
    return new JsonObject().put("epoch", epoch).put("seq", seq);
  }

  int total() {
    return total;
  }

  /** The same rooms, in the same order and state, and the same number of all of them. */
  void assertShows(JsonObject page) {
    assertThat(rooms()).isEqualTo(objects(page.getJsonArray("rooms")));
    assertThat(total).isEqualTo(page.getInteger("total"));
  }

  static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private void take(JsonObject frame) {
    String type = frame.getString("t");
    if (type.equals("count")) {
      count(frame);
    } else if (channel.equals(frame.getString("ch"))) {
      switch (type) {
        case "snap" -> snap(frame);
        case "delta" -> delta(frame);
        case "mark" -> mark(frame);
        default -> throw new AssertionError("what of " + frame);
      }
    }
  }

  private void snap(JsonObject frame) {
    roomById.clear();
    List<JsonObject> rooms = objects(frame.getJsonArray("rooms"));
    rooms.forEach(room -> roomById.put(room.getString("id"), room.copy()));
    order = rooms.stream().map(room -> room.getString("id")).toList();
    epoch = frame.getString("epoch");
    seq = frame.getLong("seq");
    total = frame.getInteger("total");
  }

  /** Whatever it names must be news. */
  private void delta(JsonObject frame) {
    assertThat(frame.getLong("prev")).as("what %s is built on", frame).isEqualTo(seq);
    assertThat(frame.getLong("seq")).isGreaterThanOrEqualTo(seq);
    List<String> before = order;
    for (JsonObject gone : objects(frame.getJsonArray("rm"))) {
      assertThat(gone.getString("why")).isIn("closed", "left");
      assertThat(roomById.remove(gone.getString("id"))).as("%s", gone).isNotNull();
    }
    for (JsonObject room : objects(frame.getJsonArray("up"))) {
      JsonObject known = roomById.put(room.getString("id"), room.copy());
      assertThat(known == null || known.getLong("version") < room.getLong("version")).isTrue();
    }
    if (frame.containsKey("order")) {
      order = frame.getJsonArray("order").stream().map(String.class::cast).toList();
      assertThat(order).isNotEqualTo(before);
    }
    assertThat(order).containsExactlyInAnyOrderElementsOf(roomById.keySet());
    seq = frame.getLong("seq");
    total = frame.getInteger("total");
  }

  private void count(JsonObject frame) {
    for (Object entry : frame.getJsonArray("rooms")) {
      var counters = (JsonArray) entry;
      JsonObject room = roomById.get(counters.getString(0));
      if (room != null) {
        room.put("viewers", counters.getLong(1)).put("likes", counters.getLong(2));
      }
    }
  }

  private void mark(JsonObject frame) {
    assertThat(frame.getString("epoch")).isEqualTo(epoch);
    assertThat(frame.getLong("seq")).isEqualTo(seq);
    assertThat(frame.getInteger("count")).isEqualTo(order.size());
    assertThat(frame.getString("hash")).isEqualTo(hash(rooms()));
  }

  static String hash(List<JsonObject> rooms) {
    var crc = new CRC32();
    var lines = new ArrayList<String>();
    rooms.forEach(room -> lines.add(room.getString("id") + ":" + room.getLong("version") + "\n"));
    crc.update(String.join("", lines).getBytes(US_ASCII));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
