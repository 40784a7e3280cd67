package io.livehall.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One socket to a server, from its handshake to its end. Belongs to one event loop. The handshake
 * may take 5 s. A client that cannot write 64 KB to a server has lost it, and is closed.
 */
final class Link extends ChannelInboundHandlerAdapter implements FrameDecoder.Taker {
  static final int HANDSHAKE_SECONDS_MAX = 5;

  private static final int HEAD_BYTES_MAX = 8192;
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PONG = 0x8a;

  /** Who uses the socket. */
  interface User {
    void opened();

    /** The buffer is good during the call only. */
    void text(ByteBuf payload, int wireBytes);

    /** Called once, also where it never opened. */
    void ended(End end);
  }

  /**
   * Why a socket is no more.
   *
   * @param code the server's close code; 1006 where it said none
   */
  record End(int code, String why) {
    static final int ABNORMAL = 1006;
  }

  private final URI address;
  private final User user;
  private final Handshake handshake = new Handshake();
  private final FrameDecoder decoder = new FrameDecoder(this);
  private final StringBuilder head = new StringBuilder();
  private @Nullable ChannelHandlerContext context;
  private @Nullable ScheduledFuture<?> patience;
  private boolean isOpen;
  private @Nullable End end;
  private boolean isEnded;

  Link(URI address, User user) {
    this.address = address;
    this.user = user;
  }

  /** Nothing is said on a socket that is not open, or not any more. */
  void send(String text) {
    write(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says goodbye. */
  void close(int code) {
    write(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    drop("closed by the client");
  }

  /** Without goodbye, as a phone does in a tunnel. */
  void drop(String why) {
    end(new End(End.ABNORMAL, why));
  }

  /** It could not even connect. */
  void failed(Throwable cause) {
    String why = cause instanceof ConnectException ? "refused or no answer" : cause.toString();
    ended(new End(End.ABNORMAL, "no connection: " + why));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    active.writeAndFlush(ByteBufUtil.writeAscii(active.alloc(), handshake.request(address)));
    patience =
        active
            .executor()
            .schedule(() -> drop("no handshake in time"), HANDSHAKE_SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext active, Object message) {
    ByteBuf data = (ByteBuf) message;
    try {
      if (!isOpen) {
        readHead(data);
      }
      if (isOpen) {
        decoder.read(data);
      }
    } finally {
      data.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    ended(end == null ? new End(End.ABNORMAL, "lost") : end);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
    drop("lost: " + cause);
  }

  private void readHead(ByteBuf data) {
    while (data.isReadable() && !isOpen) {
      head.append((char) data.readUnsignedByte());
      if (head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
        String fault = handshake.fault(head.toString());
        head.setLength(0);
        if (fault != null) {
          drop(fault);
          data.skipBytes(data.readableBytes());
          return;
        }
        open();
      } else if (head.length() > HEAD_BYTES_MAX) {
        drop("an answer without end");
        return;
      }
    }
  }

  private void open() {
    isOpen = true;
    head.trimToSize();
    endPatience();
    user.opened();
  }

  @Override
  public void text(ByteBuf payload, int wireBytes) {
    if (isOpen) {
      user.text(payload, wireBytes);
    }
  }

  @Override
  public void ping(ByteBuf payload) {
    write(PONG, ByteBufUtil.getBytes(payload));
  }

  @Override
  public void closed(int code) {
    write(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    end(new End(code, "closed by the server"));
  }

  @Override
  public void fault(String what) {
    drop("against the protocol: " + what);
  }

  /** The first reason counts. */
  private void end(End how) {
    if (context != null && end == null) {
      end = how;
      isOpen = false;
      context.close();
    }
  }

  private void ended(End how) {
    if (isEnded) {
      return;
    }
    isEnded = true;
    isOpen = false;
    endPatience();
    decoder.end();
    user.ended(how);
  }

  private void endPatience() {
    if (patience != null) {
      patience.cancel(false);
      patience = null;
    }
  }

  private void write(int first, byte[] payload) {
    ChannelHandlerContext to = context;
    if (to == null || !isOpen || !to.channel().isActive()) {
      return;
    }
    if (!to.channel().isWritable()) {
      drop("the server does not read");
      return;
    }
    to.writeAndFlush(masked(to.alloc().buffer(payload.length + 14), first, payload));
  }

  private static ByteBuf masked(ByteBuf out, int first, byte[] payload) {
    out.writeByte(first);
    if (payload.length < 126) {
      out.writeByte(0x80 | payload.length);
    } else if (payload.length <= 0xffff) {
      out.writeByte(0x80 | 126).writeShort(payload.length);
    } else {
      out.writeByte(0x80 | 127).writeLong(payload.length);
    }
    int mask = ThreadLocalRandom.current().nextInt();
    out.writeInt(mask);
    for (int i = 0; i < payload.length; i++) {
      out.writeByte(payload[i] ^ (mask >>> (24 - 8 * (i & 3))));
    }
    return out;
  }
}
