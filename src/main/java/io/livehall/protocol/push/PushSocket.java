package io.livehall.protocol.push;

import io.livehall.hall.ListedRoom;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket, from its first byte to its last: what is written to it, how much of that it
 * leaves unread, and when it was last heard. What a client says goes to its {@link Session}.
 */
final class PushSocket extends ChannelInboundHandlerAdapter {
  private static final long CLOSING_FOR = 2_000_000_000L;

  /** Where in the loop's list of sockets. */
  int place;

  private final PushLoop loop;
  private final Channel channel;
  private final Session session;
  private final Incoming incoming;
  private final long arrivedAt = System.nanoTime();
  private @Nullable ChannelHandlerContext ctx;
  private boolean isUnflushed;
  private long heardAt = arrivedAt;
  private long pingedAt = arrivedAt;
  private long fullAt;
  private long closingAt;

  PushSocket(PushLoop loop, Channel channel) {
    this.loop = loop;
    this.channel = channel;
    this.session = new Session(this, loop);
    this.incoming = new Incoming(loop.reception().limits().messagesPerMinute(), arrivedAt);
    loop.arrive(this);
  }

  boolean isClosing() {
    return closingAt != 0;
  }

  // --- what the client does

  /** The handshake is done: from here on it is a WebSocket. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heardAt = System.nanoTime();
    try {
      if (!isClosing() && message instanceof WebSocketFrame frame) {
        receive(frame);
      } else if (message instanceof CloseWebSocketFrame) {
        channel.close();
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!channel.isWritable()) {
      fullAt = System.nanoTime();
    } else if (!isClosing()) {
      fullAt = 0;
      session.catchUp();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable trouble) {
    if (trouble instanceof DecoderException) {
      refuse(Refusal.malformed(String.valueOf(trouble.getMessage())), CloseCode.PROTOCOL);
    } else {
      channel.close(); // the network, mostly
    }
  }

  /** However it ended. */
  void ended() {
    loop.depart(this);
    session.end();
    incoming.end();
    if (!isClosing()) {
      loop.reception().figures().count("push.closed", "client");
    }
  }

  private void receive(WebSocketFrame frame) {
    switch (incoming.take(frame, heardAt)) {
      case MESSAGE -> session.hear(incoming.message());
      case PING -> write(ControlFrames.pong(frame.content())).flush();
      case CLOSE -> {
        loop.reception().figures().count("push.closed", "client");
        closingAt = heardAt;
        write(ControlFrames.close(frame.content()));
        channel.flush().close();
      }
      case FLOOD -> refuse(Refusal.flood(), CloseCode.FLOOD);
      case BROKEN -> refuse(Refusal.malformed("Only text is understood."), CloseCode.PROTOCOL);
      case NOTHING -> {}
    }
  }

  // --- what the server does

  /** Whether it was written; who reads too slowly is left out where the sum can be told later. */
  boolean tell(Seat seat, Telling telling) {
    if (isClosing()) {
      return false;
    }
    if (telling.kind().isConflated() && (seat.isBehind || !channel.isWritable())) {
      seat.isBehind = true;
      loop.reception().figures().count("push.skipped", telling.kind().text());
      return false;
    }
    return send(telling.frame().retainedDuplicate());
  }

  /** The desk's answer to one or more seats of this socket. */
  void answer(List<Seat> seats, Telling telling) {
    boolean isWaited = false;
    boolean canRead = !telling.kind().isConflated() || channel.isWritable();
    for (Seat seat : seats) {
      seat.row.answered();
      seat.isAsking = false;
      seat.isBehind = !canRead;
      if (!isClosing() && session.holds(seat)) {
        isWaited = true;
        if (telling.kind() == Telling.Kind.CLOSED) {
          session.drop(seat);
        } else {
          seat.row.seat(seat);
        }
      }
    }
    if (isWaited && canRead && send(telling.frame().retainedDuplicate())) {
      channel.flush();
      loop.reception().figures().count("push.frames", telling.kind().text());
    }
  }

  void refuse(Seat seat, Refusal refusal) {
    seat.row.answered();
    session.drop(seat);
    say(Frames.error(refusal), "error");
  }

  /** An error, and the end. */
  void refuse(Refusal refusal, CloseCode code) {
    say(Frames.error(refusal), "error");
    close(code);
  }

  /** A frame for this client only. */
  void say(ByteBuf frame, String kind) {
    if (isClosing()) {
      frame.release();
    } else if (send(frame)) {
      channel.flush();
      loop.reception().figures().count("push.frames", kind);
    }
  }

  void over(Seat seat) {
    session.drop(seat);
  }

  void tellWatched(Map<Row, ListedRoom> moved) {
    List<ListedRoom> mine = session.watched(moved);
    if (!mine.isEmpty() && channel.isWritable()) {
      say(Frames.count(mine), "count");
    }
  }

  boolean markUnflushed() {
    boolean isNew = !isUnflushed;
    isUnflushed = true;
    return isNew;
  }

  void flush() {
    isUnflushed = false;
    channel.flush();
  }

  void sendAway(ByteBuf goaway) {
    if (session.isOpen()) {
      say(goaway.retainedDuplicate(), "goaway");
    }
  }

  void close(CloseCode code) {
    if (isClosing()) {
      return;
    }
    closingAt = System.nanoTime();
    loop.reception().figures().count("push.closed", Integer.toString(code.number()));
    session.end();
    if (ctx == null) {
      channel.close(); // the handshake is not done: nobody would understand a frame
    } else if (code == CloseCode.SLOW) {
      closeSlow();
    } else {
      write(ControlFrames.close(code)).flush();
    }
  }

  // --- once in a while

  void look(long now) {
    Limits limits = loop.reception().limits();
    if (isClosing()) {
      if (now - closingAt > CLOSING_FOR) {
        channel.close();
      }
    } else if (!session.isOpen() && now - arrivedAt > limits.helloWithin().toNanos()) {
      refuse(Refusal.malformed("No hello came in time."), CloseCode.PROTOCOL);
    } else if (fullAt != 0 && now - fullAt > limits.slowFor().toNanos()) {
      close(CloseCode.SLOW);
    } else if (session.isExpired()) {
      refuse(Refusal.expired(), CloseCode.TOKEN);
    } else {
      lookAlive(now, limits.pingEvery().toNanos());
    }
  }

  /** A socket whose other end is gone looks like one whose client has nothing to say. */
  private void lookAlive(long now, long pingEvery) {
    if (now - heardAt > 2 * pingEvery) {
      closingAt = now;
      loop.reception().figures().count("push.closed", "silent");
      session.end();
      channel.close();
    } else if (now - Math.max(heardAt, pingedAt) > pingEvery && ctx != null) {
      pingedAt = now;
      write(ControlFrames.ping()).flush();
    }
  }

  private boolean send(ByteBuf frame) {
    if (ctx == null || channel.unsafe().outboundBuffer() == null) {
      frame.release();
      return false;
    }
    if (channel.unsafe().outboundBuffer().totalPendingWriteBytes() > Limits.QUEUE_BYTES_MAX) {
      frame.release();
      close(CloseCode.STATE_LOST);
      return false;
    }
    write(frame);
    return true;
  }

  private Channel write(ByteBuf frame) {
    if (ctx == null) {
      frame.release();
    } else {
      ctx.write(frame, channel.voidPromise());
    }
    return channel;
  }

  /**
   * What is unread goes to the kernel, and the reason behind it: it keeps both for a client who
   * reads again, when we have long forgotten him.
   */
  private void closeSlow() {
    channel.config().setOption(ChannelOption.SO_SNDBUF, 3 * Limits.QUEUE_BYTES);
    channel
        .writeAndFlush(ControlFrames.close(CloseCode.SLOW))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
