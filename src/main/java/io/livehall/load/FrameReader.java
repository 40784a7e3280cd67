package io.livehall.load;

import io.livehall.domain.Position;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the text of a frame to its meaning. */
final class FrameReader {
  private FrameReader() {}

  /** A field that is missing or of another kind. */
  private static final class Bad extends RuntimeException {
    private static final long serialVersionUID = 1;

    Bad(String field) {
      super("field " + field, null, false, false);
    }
  }

  static Frame read(String text) {
    try {
      var json = new JsonObject(text);
      return frame(text(json, "t"), json);
    } catch (DecodeException e) {
      return new Frame.Malformed("no JSON object");
    } catch (Bad e) {
      return new Frame.Malformed(String.valueOf(e.getMessage()));
    } catch (ClassCastException | ArithmeticException e) {
      return new Frame.Malformed("a field of another type");
    }
  }

  private static Frame frame(String type, JsonObject json) {
    return switch (type) {
      case "welcome" -> new Frame.Welcome(text(json, "node"), text(json, "epoch"));
      case "snap" -> snap(json);
      case "delta" -> delta(json);
      case "count" -> count(json);
      case "mark" ->
          new Frame.Mark(text(json, "ch"), at(json), integer(json, "count"), text(json, "hash"));
      case "room" ->
          new Frame.RoomIs(text(json, "ch"), number(json, "seq"), room(object(json, "room")));
      case "changed" -> new Frame.Changed(room(object(json, "room")), number(json, "seq"));
      case "interrupted" -> streaming(json, false);
      case "resumed" -> streaming(json, true);
      case "closed" ->
          new Frame.Closed(text(json, "room"), number(json, "seq"), text(json, "reason"));
      case "entered" -> new Frame.Entered(text(json, "room"));
      case "joined" -> moved(json, true);
      case "left" -> moved(json, false);
      case "liked" -> new Frame.Liked(text(json, "room"), integer(json, "n"));
      case "error" ->
          new Frame.Refused(
              text(json, "code"),
              String.valueOf(json.getString("message")),
              json.getString("ch"),
              json.getString("room"));
      case "goaway" ->
          new Frame.GoAway(String.valueOf(json.getString("why")), integer(json, "withinMs"));
      case "pong" -> new Frame.Pong();
      default -> new Frame.Unknown(type);
    };
  }

  private static Frame snap(JsonObject json) {
    var list = new RoomList(at(json), integer(json, "total"), rooms(array(json, "rooms")));
    return new Frame.Snap(text(json, "ch"), list);
  }

  private static Frame delta(JsonObject json) {
    return new Frame.Delta(
        text(json, "ch"),
        number(json, "prev"),
        number(json, "seq"),
        integer(json, "total"),
        rooms(array(json, "up")),
        gone(array(json, "rm")),
        ids(json.getJsonArray("order")));
  }

  private static Frame count(JsonObject json) {
    JsonArray rows = array(json, "rooms");
    List<Frame.Counted> counted = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      JsonArray row = rows.getJsonArray(i);
      if (row == null || row.size() < 3) {
        throw new Bad("rooms");
      }
      counted.add(
          new Frame.Counted(
              required("id", row.getString(0)),
              positive("viewers", required("viewers", row.getLong(1))),
              positive("likes", required("likes", row.getLong(2)))));
    }
    return new Frame.Count(List.copyOf(counted));
  }

  private static Frame streaming(JsonObject json, boolean isUp) {
    return new Frame.Streaming(
        text(json, "room"), number(json, "seq"), isUp, json.getLong("version"));
  }

  static List<Shown> rooms(JsonArray array) {
    List<Shown> rooms = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      rooms.add(room(required("room", array.getJsonObject(i))));
    }
    return List.copyOf(rooms);
  }

  static Shown room(JsonObject json) {
    return new Shown(
        text(json, "id"),
        number(json, "version"),
        text(json, "state"),
        text(json, "title"),
        positive("viewers", number(json, "viewers")),
        positive("likes", number(json, "likes")));
  }

  private static Frame moved(JsonObject json, boolean hasCome) {
    JsonArray users = array(json, "users");
    List<String> names = new ArrayList<>(users.size());
    for (int i = 0; i < users.size(); i++) {
      names.add(text(required("users", users.getJsonObject(i)), "name"));
    }
    return new Frame.Moved(text(json, "room"), hasCome, List.copyOf(names));
  }

  private static List<Frame.Gone> gone(JsonArray array) {
    List<Frame.Gone> gone = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      JsonObject json = required("rm", array.getJsonObject(i));
      gone.add(new Frame.Gone(text(json, "id"), text(json, "why").equals("closed")));
    }
    return List.copyOf(gone);
  }

  private static @Nullable List<String> ids(@Nullable JsonArray array) {
    if (array == null) {
      return null;
    }
    List<String> ids = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      ids.add(required("order", array.getString(i)));
    }
    return List.copyOf(ids);
  }

  static Position at(JsonObject json) {
    return new Position(text(json, "epoch"), number(json, "seq"));
  }

  private static JsonObject object(JsonObject json, String field) {
    return required(field, json.getJsonObject(field));
  }

  private static JsonArray array(JsonObject json, String field) {
    return required(field, json.getJsonArray(field));
  }

  private static String text(JsonObject json, String field) {
    if (json.getValue(field) instanceof String text) {
      return text;
    }
    throw new Bad(field);
  }

  private static long number(JsonObject json, String field) {
    Object number = json.getValue(field);
    if (number instanceof Integer || number instanceof Long) {
      return ((Number) number).longValue();
    }
    throw new Bad(field);
  }

  /** Nobody counts below zero. */
  private static long positive(String field, long number) {
    if (number < 0) {
      throw new Bad(field);
    }
    return number;
  }

  private static int integer(JsonObject json, String field) {
    return Math.toIntExact(number(json, field));
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new Bad(field);
    }
    return value;
  }
}
