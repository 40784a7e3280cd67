package io.livehall.protocol.push;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.Sort;
import io.livehall.hall.View;
import io.livehall.protocol.Faults;
import io.livehall.protocol.Input;
import io.livehall.protocol.TextRule;
import io.livehall.service.Likes;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a client says, strictly: what is wrong is named, and what nobody knows is refused. */
final class FrameReader {
  private static final int LIMIT = 20;
  private static final TextRule WORD = new TextRule(1, 64, null, "", false);
  private static final TextRule CHANNEL = new TextRule(1, 128, null, "", false);
  private static final TextRule TOKEN = new TextRule(1, Limits.FRAME_BYTES, null, "", false);
  private static final TextRule ROOM =
      new TextRule(1, 64, Pattern.compile("r[0-9a-z]{15}"), "must be the id of a room", false);
  private static final TextRule SORT =
      new TextRule(1, 16, Pattern.compile("newest|hot"), "must be newest or hot", false);

  private FrameReader() {}

  /** Fails INVALID; without naming a field, if it is no frame at all. */
  static ClientFrame read(Buffer text) {
    ClientFrame like = PlainLike.read(text.getBytes());
    return like == null ? read(Input.of(text)) : like;
  }

  private static ClientFrame read(Input input) {
    String type = orEmpty(input.text("t", WORD));
    ClientFrame frame =
        switch (type) {
          case "hello" -> new ClientFrame.Hello(input.text("token", TOKEN));
          case "sub" -> sub(input);
          case "unsub" -> new ClientFrame.Unsub(orEmpty(input.requiredText("ch", CHANNEL)));
          case "resync" -> new ClientFrame.Resync(orEmpty(input.requiredText("ch", CHANNEL)));
          case "watch" -> watch(input);
          case "enter" -> enter(input);
          case "leave" -> room(input, ClientFrame.Leave::new);
          case "like" -> like(input);
          case "ping" -> new ClientFrame.Ping();
          default ->
              throw new LiveException(
                  ErrorCode.INVALID,
                  type.isEmpty()
                      ? "A frame says in t what it is."
                      : "Nobody here knows the type " + Faults.shown(type) + ".");
        };
    input.done();
    return frame;
  }

  private static ClientFrame sub(Input input) {
    String view = input.requiredText("view", WORD);
    if ("room".equals(view)) {
      return room(input, ClientFrame.SubRoom::new);
    }
    String sort = input.text("sort", SORT);
    Long limit = input.whole("limit", 1, View.LIMIT_MAX);
    String tag = input.text("tag", TextRule.TAG);
    Input since = input.has("since") ? input.part("since") : null;
    Position held = since == null ? null : position(since);
    input.done();
    if (since != null && !since.has("seq")) {
      throw LiveException.invalid("since.seq", "is required");
    }
    if (!"hall".equals(view)) {
      throw LiveException.invalid("view", "must be hall or room");
    }
    Sort order = sort == null ? Sort.NEWEST : Sort.valueOf(sort.toUpperCase(Locale.ROOT));
    return new ClientFrame.SubHall(
        new View(order, tag, limit == null ? LIMIT : limit.intValue()), held);
  }

  private static Position position(Input since) {
    String epoch = since.requiredText("epoch", WORD);
    Long seq = since.whole("seq", 0, Long.MAX_VALUE);
    return new Position(orEmpty(epoch), seq == null ? 0 : seq);
  }

  private static ClientFrame watch(Input input) {
    List<String> rooms = input.texts("rooms", Limits.WATCH, ROOM);
    input.done();
    if (rooms == null) {
      throw LiveException.invalid("rooms", "is required");
    }
    return new ClientFrame.Watch(rooms.stream().map(RoomId::new).toList());
  }

  private static ClientFrame enter(Input input) {
    String name = input.text("name", TextRule.NAME);
    String avatarUrl = input.text("avatarUrl", TextRule.HTTP_URL);
    return room(input, room -> new ClientFrame.Enter(room, name, avatarUrl));
  }

  private static ClientFrame like(Input input) {
    Long count = input.whole("n", 1, Likes.COUNT_MAX);
    return room(input, room -> new ClientFrame.Like(room, count == null ? 1 : count.intValue()));
  }

  private static ClientFrame room(Input input, Function<RoomId, ClientFrame> frame) {
    String room = input.requiredText("room", ROOM);
    input.done();
    return frame.apply(new RoomId(orEmpty(room)));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
