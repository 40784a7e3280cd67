package io.livehall.protocol.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.ListedRoom;
import io.netty.buffer.ByteBuf;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What was sent, as a client reads it, byte for byte; and rooms to send. */
final class Sent {
  private Sent() {}

  static Position at(long seq) {
    return new Position("k3v9", seq);
  }

  static ListedRoom room(int n, long viewers, long likes) {
    var id = new RoomId("r" + String.format("%015d", n));
    String json =
        "{\"id\":\"%s\",\"title\":\"“%d”\",\"viewers\":%d,\"likes\":%d,\"createdAt\":\"x\"}"
            .formatted(id, n, viewers, likes);
    return new ListedRoom(id, 1, n, 0, viewers, likes, List.of(), json.getBytes(UTF_8));
  }

  /** The only frame; it is given back. */
  static JsonObject one(ByteBuf frame) {
    List<JsonObject> all = all(frame);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  static List<JsonObject> all(ByteBuf frames) {
    List<JsonObject> all = new ArrayList<>();
    while (frames.isReadable()) {
      all.add(new JsonObject(text(frames)));
    }
    frames.release();
    return all;
  }

  /** The next frame: whole, of text, not masked, and with the shortest header there is. */
  static String text(ByteBuf frames) {
    assertThat(frames.readUnsignedByte()).isEqualTo((short) 0x81);
    long length = frames.readUnsignedByte();
    if (length == 126) {
      length = frames.readUnsignedShort();
      assertThat(length).isGreaterThan(125);
    } else if (length == 127) {
      length = frames.readLong();
      assertThat(length).isGreaterThan(0xFFFF);
    }
    return frames.readCharSequence((int) length, UTF_8).toString();
  }
}
