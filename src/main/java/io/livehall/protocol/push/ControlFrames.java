package io.livehall.protocol.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The frames by which the two ends of a socket speak about the socket itself. */
final class ControlFrames {
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;

  private static final ByteBuf THE_PING =
      Unpooled.unreleasableBuffer(frame(PING, Unpooled.EMPTY_BUFFER));

  private ControlFrames() {}

  static ByteBuf ping() {
    return THE_PING.duplicate();
  }

  static ByteBuf pong(ByteBuf payload) {
    return frame(PONG, payload);
  }

  /** The answer to a close is that close. */
  static ByteBuf close(ByteBuf payload) {
    return frame(CLOSE, payload);
  }

  static ByteBuf close(CloseCode code) {
    var payload = Unpooled.buffer(Short.BYTES + code.reason().length());
    payload.writeShort(code.number()).writeCharSequence(code.reason(), US_ASCII);
    return frame(CLOSE, payload);
  }

  /** Their payload is never longer than the short header can say. */
  private static ByteBuf frame(int kind, ByteBuf payload) {
    int length = payload.readableBytes();
    return Unpooled.directBuffer(2 + length)
        .writeByte(kind)
        .writeByte(length)
        .writeBytes(payload, payload.readerIndex(), length);
  }
}
