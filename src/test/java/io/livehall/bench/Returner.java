package io.livehall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.vertx.core.json.JsonObject;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A viewer of the list who comes back: where the first port closes him, he waits a random while,
 * and goes on at the second from where he was. Belongs to one event loop.
 */
final class Returner implements Wire.Reader {
  static final long BACK_WITHIN_MS = 5_000;
  private static final SplittableRandom CHANCE = new SplittableRandom();
  private static final long PAUSE_MS = 200;

  private final EventLoop loop;
  private final int[] ports;
  private int turn;
  private @Nullable ShownList list;
  private boolean isAnswered;
  private String answer = "";
  private String trouble = "";
  private long movedNanos;

  Returner(EventLoop loop, int first, int second) {
    this.loop = loop;
    this.ports = new int[] {first, second};
  }

  void come() {
    Wire.open(loop, ports[turn], 0, this);
  }

  boolean isBack() {
    return turn == 1 && isAnswered;
  }

  /** He has been answered since he (last) came, and shows what is. */
  boolean isRight(ShownList truth) {
    return isAnswered && trouble.isEmpty() && list != null && list.isRight(truth);
  }

  /** How the server took him up again, with a delta or a snap; or what went wrong. */
  String answer() {
    return trouble.isEmpty() ? answer : trouble;
  }

  /** When what he shows changed last, or was confirmed to him when he came back. */
  long movedNanos() {
    return movedNanos;
  }

  @Override
  public void opened(Wire wire) {
    wire.say("{\"t\":\"hello\"}");
  }

  @Override
  public void read(Wire wire, ByteBuf text) {
    char third = (char) text.getByte(text.readerIndex() + 6);
    switch (third) {
      case 'w' -> wire.say(sub());
      case 's', 'd' -> apply(wire, new JsonObject(text.toString(UTF_8)));
      case 'm' -> check(new JsonObject(text.toString(UTF_8)));
      case 'e' -> trouble = text.toString(UTF_8);
      default -> {} // counters
    }
  }

  @Override
  public void closed(Wire wire) {
    if (loop.isShuttingDown()) {
      return;
    }
    isAnswered = false;
    long pause = turn == 0 ? CHANCE.nextLong(BACK_WITHIN_MS) : PAUSE_MS;
    turn = 1;
    loop.schedule(this::come, pause, TimeUnit.MILLISECONDS);
  }

  private String sub() {
    var sub = new JsonObject().put("t", "sub").put("view", "hall").put("limit", 20);
    if (list != null) {
      sub.put("since", new JsonObject().put("epoch", list.epoch()).put("seq", list.seq()));
    }
    return sub.encode();
  }

  private void apply(Wire wire, JsonObject frame) {
    boolean isSnap = frame.getString("t").equals("snap");
    ShownList before = list;
    ShownList next =
        isSnap || before == null
            ? ShownList.of(frame, frame.getJsonArray("rooms"))
            : before.after(frame);
    if (next == null) {
      wire.say("{\"t\":\"resync\",\"ch\":\"hall:newest:20\"}");
      return;
    }
    list = next;
    if (!isAnswered
        || before == null
        || !next.order().equals(before.order())
        || !next.versionById().equals(before.versionById())) {
      movedNanos = System.nanoTime();
    }
    if (!isAnswered) {
      isAnswered = true;
      answer = isSnap ? "snap" : "delta";
    }
  }

  /** A mark of the same place must be of the same rooms. */
  private void check(JsonObject mark) {
    if (list != null
        && mark.getLong("seq") == list.seq()
        && !mark.getString("hash").equals(list.hash())) {
      trouble = "another list than the mark: " + mark.encode();
    }
  }
}
