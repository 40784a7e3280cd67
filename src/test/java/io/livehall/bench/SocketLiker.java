package io.livehall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One socket that likes, so many likes at a time, each for the next room. */
final class SocketLiker implements LikeLoad.Liker, Wire.Reader {
  private static final int AT_A_TIME = 64;
  private static final ByteBuf LIKED = Unpooled.copiedBuffer("{\"t\":\"liked\"", UTF_8);
  private static final ByteBuf ERROR = Unpooled.copiedBuffer("{\"t\":\"error\"", UTF_8);

  private final LikeLoad load;
  private final String hello;
  private final ByteBuf frames;
  private final int[] endByTurn;
  private final CompletableFuture<LikeLoad.Liker> ready;
  private final long[] sinceByTurn = new long[AT_A_TIME];
  private Wire wire;
  private int next;
  private int sent;
  private long given;
  private long done;

  private SocketLiker(
      LikeLoad load, String hello, List<ByteBuf> frames, CompletableFuture<LikeLoad.Liker> ready) {
    this.load = load;
    this.hello = hello;
    this.ready = ready;
    this.endByTurn = new int[frames.size()];
    int end = 0;
    for (int turn = 0; turn < endByTurn.length; turn++) {
      end += frames.get(turn).readableBytes();
      endByTurn[turn] = end;
    }
    this.frames = Unpooled.unreleasableBuffer(Unpooled.directBuffer(end));
    for (ByteBuf frame : frames) {
      this.frames.writeBytes(frame);
      frame.release();
    }
  }

  static void open(
      LikeLoad load, int port, HttpLiker.Part part, CompletableFuture<LikeLoad.Liker> ready) {
    var frames = new ArrayList<ByteBuf>();
    // More than are ever on their way, so that they never catch up with themselves.
    for (int turn = 0; turn < Math.max(2 * AT_A_TIME, part.rooms()); turn++) {
      String room = part.room(part.first() * (part.rooms() / part.every()) + turn);
      frames.add(Wire.frame("{\"t\":\"like\",\"room\":\"" + room + "\"}"));
    }
    String hello =
        "{\"t\":\"hello\",\"token\":\"" + HttpRate.token("liker_" + part.first()) + "\"}";
    Wire.open(load.loop(), port, 0, new SocketLiker(load, hello, frames, ready));
  }

  /** Frames that follow each other go out as one piece. */
  @Override
  public void flush() {
    if (next < sent) {
      wire.put(frames.slice(start(sent), frames.writerIndex() - start(sent)));
      sent = 0;
    }
    if (next > sent) {
      wire.put(frames.slice(start(sent), start(next) - start(sent)));
      sent = next;
    }
    wire.flush();
  }

  private int start(int turn) {
    return turn == 0 ? 0 : endByTurn[turn - 1];
  }

  @Override
  public boolean give() {
    int free = (int) (AT_A_TIME - (given - done));
    if (free == 0) {
      return false;
    }
    sinceByTurn[(int) (given % AT_A_TIME)] = System.nanoTime();
    given++;
    next = (next + 1) % endByTurn.length;
    return true;
  }

  @Override
  public int waiting() {
    return (int) (given - done);
  }

  @Override
  public void opened(Wire opened) {
    wire = opened;
    wire.say(hello);
  }

  @Override
  public void read(Wire from, ByteBuf text) {
    if (begins(text, LIKED)) {
      took(number(text));
    } else if (begins(text, ERROR)) {
      load.broken("refused: " + text.toString(UTF_8));
    } else {
      ready.complete(this);
    }
  }

  @Override
  public void closed(Wire from) {
    load.broken("the server closed a socket");
  }

  /** They are answered in the order in which they were given, or nearly. */
  private void took(int likes) {
    long since = sinceByTurn[(int) (done % AT_A_TIME)];
    done += likes;
    load.answered(likes, since);
  }

  @Override
  public void rested(Wire from) {
    if (load.goesOn()) {
      while (give()) {}
      flush();
    }
  }

  private static boolean begins(ByteBuf in, ByteBuf with) {
    return in.readableBytes() >= with.readableBytes()
        && ByteBufUtil.equals(in, in.readerIndex(), with, 0, with.readableBytes());
  }

  /** The number behind {@code "n":}, which comes last. */
  private static int number(ByteBuf text) {
    int number = 0;
    int scale = 1;
    for (int at = text.writerIndex() - 2; Character.isDigit(text.getByte(at)); at--) {
      number += (text.getByte(at) - '0') * scale;
      scale *= 10;
    }
    return number;
  }
}
