package io.livehall.protocol.push;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What comes from a client: puts the parts of a message together, and counts all that is no close
 * against what he may send, so many a minute and that many at once.
 */
final class Incoming {
  private static final double NANOS_PER_MINUTE = 60e9;

  enum Kind {
    MESSAGE,
    PING,
    CLOSE,
    FLOOD,
    BROKEN,
    NOTHING
  }

  private final int perMinute;
  private float left;
  private long at;
  private @Nullable ByteBuf parts;
  private Buffer message = Buffer.buffer(0);

  Incoming(int perMinute, long nanos) {
    this.perMinute = perMinute;
    this.left = perMinute;
    this.at = nanos;
  }

  Kind take(WebSocketFrame frame, long nanos) {
    if (frame instanceof CloseWebSocketFrame) {
      return Kind.CLOSE;
    }
    if (!mayTake(nanos)) {
      return Kind.FLOOD;
    }
    if (frame instanceof PongWebSocketFrame) {
      return Kind.NOTHING;
    }
    if (frame instanceof PingWebSocketFrame) {
      return Kind.PING;
    }
    boolean isText = frame instanceof TextWebSocketFrame && parts == null;
    boolean isPart = frame instanceof ContinuationWebSocketFrame && parts != null;
    return isText || isPart ? text(frame) : Kind.BROKEN;
  }

  Buffer message() {
    return message;
  }

  void end() {
    if (parts != null) {
      parts.release();
      parts = null;
    }
  }

  private Kind text(WebSocketFrame frame) {
    int length = frame.content().readableBytes() + (parts == null ? 0 : parts.readableBytes());
    if (length > Limits.FRAME_BYTES) {
      return Kind.BROKEN;
    }
    if (parts == null && frame.isFinalFragment()) {
      message = bytes(frame.content());
      return Kind.MESSAGE;
    }
    if (parts == null) {
      parts = frame.content().alloc().heapBuffer(length);
    }
    parts.writeBytes(frame.content());
    if (!frame.isFinalFragment()) {
      return Kind.NOTHING;
    }
    message = bytes(parts);
    end();
    return Kind.MESSAGE;
  }

  private boolean mayTake(long nanos) {
    left = (float) Math.min(perMinute, left + (nanos - at) / NANOS_PER_MINUTE * perMinute);
    at = nanos;
    left -= 1;
    return left >= 0;
  }

  private static Buffer bytes(ByteBuf from) {
    byte[] bytes = new byte[from.readableBytes()];
    from.readBytes(bytes);
    return Buffer.buffer(bytes);
  }
}
