package io.livehall.protocol.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.livehall.domain.CloseReason;
import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomNews;
import io.livehall.domain.Viewer;
import io.livehall.hall.Delta;
import io.livehall.hall.ListedRoom;
import io.livehall.hall.Page;
import io.livehall.protocol.ErrorTable;
import io.livehall.protocol.JsonText;
import io.livehall.protocol.RoomJson;
import io.netty.buffer.ByteBuf;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the server says, as frames. Who asks for one owns it. */
final class Frames {
  private static final int AROUND = 200;
  private static final int COUNT_ENTRY = 48;

  private Frames() {}

  static ByteBuf welcome(String node, String epoch, Limits limits) {
    var json =
        new JsonObject()
            .put("t", "welcome")
            .put("node", node)
            .put("epoch", epoch)
            .put(
                "limits",
                new JsonObject()
                    .put("subs", Limits.SUBS)
                    .put("watch", Limits.WATCH)
                    .put("enter", Limits.ENTER)
                    .put("messagesPerMinute", limits.messagesPerMinute()));
    return json(json);
  }

  static ByteBuf snap(String channel, Page page) {
    var text = begin("snap", channel, sizeOf(page.rooms()));
    text.ascii(",\"epoch\":\"").ascii(page.at().epoch());
    text.ascii("\",\"seq\":").number(page.at().seq());
    text.ascii(",\"total\":").number(page.total());
    return rooms(text.ascii(",\"rooms\":"), page.rooms()).ascii("}").frame();
  }

  static ByteBuf delta(String channel, Delta delta) {
    int size = sizeOf(delta.up()) + COUNT_ENTRY * delta.gone().size();
    List<RoomId> order = delta.order();
    var text = begin("delta", channel, size + (order == null ? 0 : 20 * order.size()));
    text.ascii(",\"prev\":").number(delta.prev()).ascii(",\"seq\":").number(delta.seq());
    text.ascii(",\"total\":").number(delta.total());
    rooms(text.ascii(",\"up\":"), delta.up());
    text.ascii(",\"rm\":[");
    String comma = "";
    for (Delta.Gone gone : delta.gone()) {
      text.ascii(comma).ascii("{\"id\":\"").ascii(gone.id().value()).ascii("\",\"why\":\"");
      text.ascii(gone.why().name().toLowerCase(Locale.ROOT)).ascii("\"}");
      comma = ",";
    }
    text.ascii("]");
    if (order != null) {
      ids(text.ascii(",\"order\":"), order);
    }
    return text.ascii("}").frame();
  }

  static ByteBuf count(List<ListedRoom> rooms) {
    var text = new FrameText(AROUND + COUNT_ENTRY * rooms.size());
    text.ascii("{\"t\":\"count\",\"rooms\":[");
    String comma = "";
    for (ListedRoom room : rooms) {
      text.ascii(comma).ascii("[\"").ascii(room.id().value()).ascii("\",");
      text.number(room.viewers()).ascii(",").number(room.likes()).ascii("]");
      comma = ",";
    }
    return text.ascii("]}").frame();
  }

  static ByteBuf mark(String channel, Position at, int count, String hash) {
    var text = begin("mark", channel, AROUND);
    text.ascii(",\"epoch\":\"").ascii(at.epoch()).ascii("\",\"seq\":").number(at.seq());
    text.ascii(",\"count\":").number(count).ascii(",\"hash\":\"").ascii(hash).ascii("\"}");
    return text.frame();
  }

  static ByteBuf room(String channel, long seq, byte[] room) {
    var text = begin("room", channel, AROUND + room.length);
    return text.ascii(",\"seq\":").number(seq).ascii(",\"room\":").json(room).ascii("}").frame();
  }

  /** What happened to a room, and the room after it, for those who look at it. */
  static ByteBuf notice(RoomNews news, byte[] room) {
    return switch (news.event()) {
      case WENT_LIVE, EDITED -> changed(room, news.seq());
      case INTERRUPTED -> happened("interrupted", news);
      case RESUMED -> happened("resumed", news);
      case CLOSED -> closed(news.room(), news.seq());
    };
  }

  static ByteBuf closed(Room room, long seq) {
    CloseReason reason = Objects.requireNonNull(room.closeReason());
    var text = new FrameText(2 * AROUND).ascii("{\"t\":\"closed\",\"room\":\"");
    text.ascii(room.id().value()).ascii("\",\"seq\":").number(seq);
    text.ascii(",\"reason\":\"").ascii(reason.name());
    text.ascii("\",\"summary\":").json(RoomJson.summary(room.summary()).bytes());
    return text.ascii("}").frame();
  }

  static ByteBuf entered(RoomId room) {
    var text = new FrameText(AROUND).ascii("{\"t\":\"entered\",\"room\":\"");
    return text.ascii(room.value()).ascii("\"}").frame();
  }

  /** One of many answers, written behind the others. */
  static void liked(ByteBuf answers, RoomId room, int count) {
    FrameText.behind(answers)
        .ascii("{\"t\":\"liked\",\"room\":\"")
        .id(room)
        .ascii("\",\"n\":")
        .number(count)
        .ascii("}")
        .endShort();
  }

  /** Who came, or who left. */
  static ByteBuf moved(String what, RoomId room, List<Viewer> users) {
    var text = new FrameText(AROUND + AROUND * users.size()).ascii("{\"t\":\"").ascii(what);
    text.ascii("\",\"room\":\"").ascii(room.value()).ascii("\",\"users\":[");
    String comma = "";
    for (Viewer user : users) {
      text.ascii(comma).json(user(user));
      comma = ",";
    }
    return text.ascii("]}").frame();
  }

  static ByteBuf error(Refusal refusal) {
    var json =
        new JsonObject()
            .put("t", "error")
            .put("code", refusal.code().name())
            .put("message", refusal.message())
            .put("retry", ErrorTable.push(refusal.code()).retry());
    Map.Entry<String, String> about = refusal.about();
    if (about != null) {
      json.put(about.getKey(), about.getValue());
    }
    return json(json);
  }

  static ByteBuf goaway(long withinMs) {
    var text = new FrameText(AROUND).ascii("{\"t\":\"goaway\",\"why\":\"drain\",\"withinMs\":");
    return text.number(withinMs).ascii("}").frame();
  }

  static ByteBuf pong() {
    return new FrameText(AROUND).ascii("{\"t\":\"pong\"}").frame();
  }

  static ByteBuf changed(byte[] room, long seq) {
    var text = new FrameText(AROUND + room.length).ascii("{\"t\":\"changed\",\"room\":");
    return text.json(room).ascii(",\"seq\":").number(seq).ascii("}").frame();
  }

  private static ByteBuf happened(String what, RoomNews news) {
    var text = new FrameText(AROUND).ascii("{\"t\":\"").ascii(what).ascii("\",\"room\":\"");
    text.ascii(news.room().id().value()).ascii("\",\"seq\":").number(news.seq());
    return text.ascii(",\"version\":").number(news.room().version()).ascii("}").frame();
  }

  /** Who gave no name is shown by his id. */
  private static byte[] user(Viewer user) {
    String name = user.name();
    return new JsonText()
        .put("id", user.id().value())
        .put("name", name == null ? user.id().value() : name)
        .put("avatarUrl", user.avatarUrl())
        .bytes();
  }

  private static FrameText begin(String type, String channel, int size) {
    var text = new FrameText(AROUND + size).ascii("{\"t\":\"").ascii(type);
    return text.ascii("\",\"ch\":\"").plain(channel).ascii("\"");
  }

  private static FrameText rooms(FrameText text, List<ListedRoom> rooms) {
    String before = "[";
    for (ListedRoom room : rooms) {
      text.ascii(before).json(room.json());
      before = ",";
    }
    return text.ascii(rooms.isEmpty() ? "[]" : "]");
  }

  private static void ids(FrameText text, List<RoomId> ids) {
    String before = "[\"";
    for (RoomId id : ids) {
      text.ascii(before).ascii(id.value());
      before = "\",\"";
    }
    text.ascii(ids.isEmpty() ? "[]" : "\"]");
  }

  private static ByteBuf json(JsonObject json) {
    byte[] bytes = json.encode().getBytes(UTF_8);
    return new FrameText(bytes.length).json(bytes).frame();
  }

  private static int sizeOf(List<ListedRoom> rooms) {
    int size = rooms.size();
    for (ListedRoom room : rooms) {
      size += room.json().length;
    }
    return size;
  }
}
