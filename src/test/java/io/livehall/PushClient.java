package io.livehall;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A viewer's app, as a server meets it on the push port. It reads only while a test waits for
 * something, and then it answers pings and closes as an app does.
 */
final class PushClient implements AutoCloseable {
  private static final PushContract CONTRACT = PushContract.read();
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PushWire wire;
  private final List<JsonObject> frames = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<JsonObject> unseen = new ArrayList<>();
  private int closeCode;
  private boolean isOver;

  private PushClient(PushWire wire) {
    this.wire = wire;
  }

  /** The handshake is done, and nothing was said. */
  static PushClient connect(int port, String... headers) {
    return on(new PushWire(port), headers);
  }

  static PushClient on(PushWire wire, String... headers) {
    String head = wire.shakeHands(headers);
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError("not let in: " + head);
    }
    return new PushClient(wire);
  }

  PushClient hello() {
    return hello(null);
  }

  PushClient hello(String token) {
    say(frame("hello").put("token", token));
    await("welcome");
    return this;
  }

  static JsonObject frame(String type) {
    return new JsonObject().put("t", type);
  }

  static JsonObject subHall(String sort, int limit) {
    return frame("sub").put("view", "hall").put("sort", sort).put("limit", limit);
  }

  static JsonObject subRoom(String room) {
    return frame("sub").put("view", "room").put("room", room);
  }

  static JsonObject enter(String room) {
    return frame("enter").put("room", room);
  }

  void say(JsonObject frame) {
    say(frame.encode());
  }

  void say(String text) {
    wire.send(PushWire.TEXT, text.getBytes(UTF_8));
  }

  /** Says all of it at once. */
  void say(Stream<JsonObject> frames) {
    var bytes = new ByteArrayOutputStream();
    frames.forEach(
        frame -> bytes.writeBytes(PushWire.masked(PushWire.TEXT, frame.encode().getBytes(UTF_8))));
    wire.send(bytes.toByteArray());
  }

  /** Says it, and waits for what is answered. */
  JsonObject ask(JsonObject frame, String answer) {
    say(frame);
    return await(answer);
  }

  /** The next frame of that type that no test has waited for yet. */
  JsonObject await(String type) {
    return await(frame -> type.equals(frame.getString("t")));
  }

  JsonObject await(Predicate<JsonObject> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonObject found = take(wanted);
    while (found == null) {
      if (!read(end)) {
        throw new AssertionError("closed with " + closeCode + " after " + frames);
      }
      found = take(wanted);
    }
    return found;
  }

  /** All that was received, with what is there now. */
  List<JsonObject> frames() {
    while (!isOver && wire.isThereMore()) {
      read(System.nanoTime() + PATIENCE.toNanos());
    }
    return List.copyOf(frames);
  }

  /** The same as they came. */
  List<String> texts() {
    frames();
    return List.copyOf(texts);
  }

  /** All that the server had said when it heard this, and nobody waited for. */
  List<JsonObject> unseen() {
    ask(frame("ping"), "pong");
    List<JsonObject> all = List.copyOf(unseen);
    unseen.clear();
    return all;
  }

  /** Waits for the end; the code of the close before it, or 1006 if there was none. */
  int closeCode() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isOver) {
      read(end);
    }
    return closeCode == 0 ? 1006 : closeCode;
  }

  PushWire wire() {
    return wire;
  }

  @Override
  public void close() {
    wire.close();
  }

  /** One more frame; false if there are none any more. */
  private boolean read(long end) {
    PushWire.Frame next = null;
    try {
      next = wire.next(Duration.ofNanos(end - System.nanoTime()));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof SocketTimeoutException) {
        throw new AssertionError("nothing came any more after " + frames, e);
      }
      throw e;
    }
    if (next == null) {
      isOver = true;
    } else if (next.kind() == PushWire.TEXT) {
      receive(next.payload());
    } else if (next.kind() == PushWire.PING) {
      answer(PushWire.PONG, next.payload());
    } else if (next.kind() == PushWire.CLOSE) {
      closeCode = ByteBuffer.wrap(next.payload()).getShort() & 0xFFFF;
      answer(PushWire.CLOSE, next.payload());
    }
    return !isOver;
  }

  private void answer(int kind, byte[] payload) {
    try {
      wire.send(kind, payload);
    } catch (UncheckedIOException gone) {
      // The server did not wait for it; whether it should have shows in what it said before.
    }
  }

  private void receive(byte[] payload) {
    if (closeCode != 0) {
      throw new AssertionError("a frame behind the close");
    }
    String text = text(payload);
    var frame = new JsonObject(text);
    List<String> faults = CONTRACT.faults(PushContract.From.SERVER, frame);
    if (!faults.isEmpty()) {
      throw new AssertionError("not as the contract says: " + faults + " in " + text);
    }
    texts.add(text);
    frames.add(frame);
    unseen.add(frame);
  }

  private static String text(byte[] payload) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("no UTF-8", e);
    }
  }

  private JsonObject take(Predicate<JsonObject> wanted) {
    for (Iterator<JsonObject> all = unseen.iterator(); all.hasNext(); ) {
      JsonObject frame = all.next();
      if (wanted.test(frame)) {
        all.remove();
        return frame;
      }
    }
    return null;
  }
}
