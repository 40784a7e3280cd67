package io.livehall.protocol.push;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket, from its first byte to its last: what is written to it, how much of that it
 * leaves unread, and when it was last heard. What a client says goes to its {@link Session}.
 */
final class PushSocket extends ChannelInboundHandlerAdapter {
  /** Where in the loop's list of sockets. */
  int place;

  private final PushLoop loop;
  private final Channel channel;
  private final StraightLine line;
  private final Session session;
  private final Delivery delivery;
  private final Incoming incoming;
  private final Pulse pulse;
  private @Nullable ChannelHandlerContext ctx;

  PushSocket(PushLoop loop, Channel channel) {
    this.loop = loop;
    this.channel = channel;
    this.line = new StraightLine(this, channel);
    this.session = new Session(this, loop);
    this.delivery = new Delivery(this, session, loop.reception().figures());
    long now = System.nanoTime();
    this.pulse = new Pulse(now);
    this.incoming = new Incoming(loop.reception().limits().messagesPerMinute(), now);
    loop.arrive(this);
  }

  Delivery delivery() {
    return delivery;
  }

  boolean isClosing() {
    return pulse.isClosed();
  }

  /** Whether the client takes what it is sent. */
  boolean isRead() {
    return channel.isWritable();
  }

  // --- what the client does

  /** The handshake is done: from here on it is a WebSocket. */
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    long now = System.nanoTime();
    // One that nobody asked for counts as a message.
    boolean isAnswer = pulse.hear(now) && message instanceof PongWebSocketFrame;
    try {
      if (!isAnswer && !isClosing() && message instanceof WebSocketFrame frame) {
        receive(frame, now);
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
      pulse.fill(System.nanoTime());
    } else if (!isClosing()) {
      pulse.drain();
      session.catchUp();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable trouble) {
    if (trouble instanceof DecoderException) {
      refuse(Refusal.malformed(String.valueOf(trouble.getMessage())), CloseCode.PROTOCOL);
      if (channel instanceof DuplexChannel line) {
        line.shutdownOutput(); // nothing he says is understood any more, not even a close
      }
    } else {
      channel.close(); // the network, mostly
    }
  }

  /** Before it was a WebSocket. */
  void turnAway(String why) {
    if (!isClosing()) {
      stop(System.nanoTime());
      loop.reception().figures().count("push.refused", why);
    }
  }

  /** However it ended; what he said last may still be on its way here, and is not heard. */
  void ended() {
    if (!isClosing()) {
      stop(System.nanoTime());
      loop.reception().figures().count("push.closed", "client");
    }
    loop.depart(this);
    session.end();
    incoming.end();
  }

  private void receive(WebSocketFrame frame, long now) {
    switch (incoming.take(frame, now)) {
      case MESSAGE -> session.hear(incoming.message());
      case PING -> write(ControlFrames.pong(frame.content()));
      case CLOSE -> {
        loop.reception().figures().count("push.closed", "client");
        stop(now);
        write(ControlFrames.close(frame.content()));
        channel.close();
      }
      case FLOOD -> refuse(Refusal.flood(), CloseCode.FLOOD);
      case BROKEN -> refuse(Refusal.malformed("Only text is understood."), CloseCode.PROTOCOL);
      case NOTHING -> {}
    }
  }

  // --- what the server does

  /** An error, and the end. */
  void refuse(Refusal refusal, CloseCode code) {
    say(Frames.error(refusal), "error");
    close(code);
  }

  /** A frame for this client only; it is given away. */
  void say(ByteBuf frame, String kind) {
    if (send(frame)) {
      loop.reception().figures().count("push.frames", kind);
    }
    frame.release();
  }

  StraightLine line() {
    return line;
  }

  /**
   * Whether it was written, at once or behind what waits, as long as that is not too much; the
   * frame stays the caller's.
   */
  boolean send(ByteBuf frame) {
    ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
    if (ctx == null || queue == null || isClosing()) {
      return false;
    }
    line.open(queue);
    if (line.send(frame)) {
      return true;
    }
    if (Limits.isTooMuch(queue)) {
      close(CloseCode.STATE_LOST);
      return false;
    }
    write(frame.retainedDuplicate());
    return true;
  }

  void close(CloseCode code) {
    if (isClosing()) {
      return;
    }
    stop(System.nanoTime());
    loop.reception().figures().count("push.closed", Integer.toString(code.number()));
    session.end();
    if (ctx == null) {
      channel.close(); // the handshake is not done: nobody would understand a frame
    } else if (code == CloseCode.SLOW) {
      closeSlow();
    } else {
      write(ControlFrames.close(code));
    }
  }

  /** Who was closed, and does not close too. */
  void cutOff(long now, long after) {
    if (pulse.isClosedFor(after, now)) {
      channel.close();
    }
  }

  void look(long now) {
    switch (pulse.look(now, loop.reception().limits(), session.isOpen())) {
      case LATE -> refuse(Refusal.malformed("No hello came in time."), CloseCode.PROTOCOL);
      case SLOW -> close(CloseCode.SLOW);
      case QUIET -> ask(now);
      case SILENT -> {
        stop(now);
        loop.reception().figures().count("push.closed", "silent");
        session.end();
        channel.close();
      }
      case OVER -> channel.close();
      case WELL -> {}
    }
    if (!isClosing() && session.isExpired()) {
      refuse(Refusal.expired(), CloseCode.TOKEN);
    }
  }

  /** Nothing is told any more. */
  private void stop(long now) {
    line.close();
    pulse.close(now);
  }

  /** The kernel has lost the client. */
  void lose() {
    line.close();
    channel.close();
  }

  private void ask(long now) {
    if (ctx != null) {
      pulse.ask(now);
      write(ControlFrames.ping());
    }
  }

  /** The usual way; the frame is given away. */
  void write(ByteBuf frame) {
    line.close();
    if (ctx == null) {
      frame.release();
    } else {
      ctx.writeAndFlush(frame, channel.voidPromise());
    }
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
