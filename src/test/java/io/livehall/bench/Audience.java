package io.livehall.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Viewers of one server on one event loop, who say the same and wait for the same. */
final class Audience implements Wire.Reader, AutoCloseable {
  private static final int AT_ONCE = 256;
  private static final String WELCOME = "{\"t\":\"welcome\"";

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final int port;
  private final boolean greets;
  private final List<Wire> opened = new ArrayList<>();
  private int toOpen;
  private int kernelBytes;
  private volatile boolean isOver;
  private @Nullable Heard awaited;

  /**
   * @param greets whether the server is to be told hello, and answers
   */
  Audience(int port, boolean greets) {
    this.port = port;
    this.greets = greets;
  }

  List<Wire> open(int count) {
    return open(count, 0);
  }

  /** Connects so many more, a few at a time. */
  List<Wire> open(int count, int kernelBytesOfEach) {
    Heard welcome = new Heard(greets ? WELCOME : "", count);
    loop.execute(
        () -> {
          awaited = welcome;
          opened.clear();
          kernelBytes = kernelBytesOfEach;
          toOpen = count;
          for (int i = 0; i < AT_ONCE; i++) {
            openNext();
          }
        });
    welcome.await();
    return List.copyOf(opened);
  }

  /** From here on frames that begin so are counted, and no others. */
  Heard expect(String beginning, int count) {
    Heard heard = new Heard(beginning, count);
    // The loop reads what came in before it does what it was told, so it must have done this first.
    loop.submit(() -> awaited = heard).syncUninterruptibly();
    return heard;
  }

  void say(List<Wire> wires, String text) {
    loop.execute(
        () -> {
          ByteBuf frame = Wire.frame(text);
          wires.forEach(wire -> wire.say(frame.retainedDuplicate()));
          frame.release();
        });
  }

  void reads(List<Wire> wires, boolean reads) {
    loop.execute(() -> wires.forEach(wire -> wire.reads(reads)));
  }

  @Override
  public void close() {
    isOver = true;
    group.shutdownGracefully();
  }

  @Override
  public void opened(Wire wire) {
    opened.add(wire);
    if (greets) {
      wire.say("{\"t\":\"hello\"}");
    } else if (awaited != null) {
      awaited.hear(Unpooled.EMPTY_BUFFER);
    }
    openNext();
  }

  @Override
  public void read(Wire wire, ByteBuf text) {
    if (awaited != null) {
      awaited.hear(text);
    }
  }

  /** Nobody is to leave before the end: then the figure would be of fewer. */
  @Override
  public void closed(Wire wire) {
    if (!isOver && awaited != null) {
      awaited.fail("the server closed a socket, or refused it");
    }
  }

  private void openNext() {
    if (toOpen > 0) {
      toOpen--;
      Wire.open(loop, port, kernelBytes, this);
    }
  }
}
