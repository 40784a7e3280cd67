package io.livehall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A viewer's end of a WebSocket, with as little work as can be beside what is measured. Belongs to
 * one event loop.
 */
final class Wire extends ChannelInboundHandlerAdapter {
  private static final FixedRecvByteBufAllocator READING = new FixedRecvByteBufAllocator(16 * 1024);
  private static final ByteBuf HEAD_END = Unpooled.copiedBuffer("\r\n\r\n", UTF_8);
  private static final ByteBuf ACCEPTED = Unpooled.copiedBuffer("HTTP/1.1 101 ", UTF_8);

  /** The key is the one that the C program answers; ours takes any. */
  private static final String REQUEST =
      "GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Reader reader;
  private @Nullable Channel channel;
  private @Nullable ByteBuf rest;
  private boolean isOpen;
  private long bytesRead;

  /** Hears what comes, on the event loop. */
  interface Reader {
    void opened(Wire wire);

    /**
     * @param text good for this call only
     */
    void read(Wire wire, ByteBuf text);

    /** What came at once was read. */
    default void rested(Wire wire) {}

    void closed(Wire wire);
  }

  private Wire(Reader reader) {
    this.reader = reader;
  }

  /**
   * Connects to a port of this machine.
   *
   * @param kernelBytes what the kernel may keep for who does not read; 0 for its own choice
   */
  static void open(EventLoop loop, int port, int kernelBytes, Reader reader) {
    var wire = new Wire(reader);
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.RECVBUF_ALLOCATOR, READING)
            .handler(wire);
    if (kernelBytes > 0) {
      bootstrap.option(ChannelOption.SO_RCVBUF, kernelBytes);
    }
    bootstrap
        .connect("127.0.0.1", port)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                reader.closed(wire);
              }
            });
  }

  /** A text as clients send it. Whoever asks for it owns it. */
  static ByteBuf frame(String text) {
    return frame(TEXT, Unpooled.wrappedBuffer(text.getBytes(UTF_8)));
  }

  void say(String text) {
    say(frame(text));
  }

  /** Gives the frame away. */
  void say(ByteBuf frame) {
    if (channel == null) {
      frame.release();
    } else {
      channel.writeAndFlush(frame, channel.voidPromise());
    }
  }

  /** Gives the frame away; it goes out with the next flush. */
  void put(ByteBuf frame) {
    if (channel == null) {
      frame.release();
    } else {
      channel.write(frame, channel.voidPromise());
    }
  }

  void flush() {
    if (channel != null) {
      channel.flush();
    }
  }

  /** Reads no more, or again. */
  void reads(boolean reads) {
    if (channel != null) {
      channel.config().setAutoRead(reads);
    }
  }

  long bytesRead() {
    return bytesRead;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    ctx.writeAndFlush(Unpooled.copiedBuffer(REQUEST, UTF_8), ctx.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    bytesRead += in.readableBytes();
    if (rest != null) {
      in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), rest, in);
      rest = null;
    }
    boolean goesOn = isOpen || upgrade(ctx, in);
    while (goesOn) {
      goesOn = frame(ctx, in);
    }
    if (in.isReadable()) {
      rest = in;
    } else {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reader.rested(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (rest != null) {
      rest.release();
      rest = null;
    }
    reader.closed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable trouble) {
    ctx.close();
  }

  private boolean upgrade(ChannelHandlerContext ctx, ByteBuf in) {
    int end = ByteBufUtil.indexOf(HEAD_END, in);
    if (end < 0) {
      return false;
    }
    if (!ByteBufUtil.equals(in, in.readerIndex(), ACCEPTED, 0, ACCEPTED.readableBytes())) {
      in.skipBytes(in.readableBytes());
      ctx.close();
      return false;
    }
    in.readerIndex(end + HEAD_END.readableBytes());
    isOpen = true;
    reader.opened(this);
    return true;
  }

  /** Whether a whole frame was there. */
  private boolean frame(ChannelHandlerContext ctx, ByteBuf in) {
    if (in.readableBytes() < 10 && in.readableBytes() < headerOf(in)) {
      return false;
    }
    int at = in.readerIndex();
    int header = headerOf(in);
    long length =
        header == 2
            ? in.getByte(at + 1)
            : header == 4 ? in.getUnsignedShort(at + 2) : in.getLong(at + 2);
    if (in.readableBytes() < header + length) {
      return false;
    }
    int kind = in.getByte(at) & 15;
    ByteBuf payload = in.skipBytes(header).readSlice((int) length);
    switch (kind) {
      case TEXT -> reader.read(this, payload);
      case PING -> say(frame(PONG, payload));
      case CLOSE -> ctx.close();
      default -> {}
    }
    return true;
  }

  private static int headerOf(ByteBuf in) {
    if (in.readableBytes() < 2) {
      return Integer.MAX_VALUE;
    }
    int length = in.getByte(in.readerIndex() + 1);
    return length == 126 ? 4 : length == 127 ? 10 : 2;
  }

  /** The mask is zero, so that the payload stays as it is. */
  private static ByteBuf frame(int kind, ByteBuf payload) {
    int length = payload.readableBytes();
    ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(length + 8);
    frame.writeByte(0x80 | kind);
    if (length <= 125) {
      frame.writeByte(0x80 | length);
    } else {
      frame.writeByte(0x80 | 126).writeShort(length);
    }
    return frame.writeInt(0).writeBytes(payload, payload.readerIndex(), length);
  }
}
