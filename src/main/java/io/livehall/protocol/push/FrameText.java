package io.livehall.protocol.push;

import io.livehall.domain.RoomId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket text frame in the making, as it goes to the wire: unmasked, whole, and the same bytes
 * for everyone. The text is written behind room for the header, which is put right before it at the
 * end.
 */
final class FrameText {
  private static final int HEADER_MIN = 2;
  private static final int HEADER_MAX = 10;
  private static final int FINAL_TEXT = 0x81;
  private static final int SHORT_MAX = 125;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private final ByteBuf buffer;
  private final int begin;

  /**
   * @param size how long the text will be, about
   */
  FrameText(int size) {
    this(PooledByteBufAllocator.DEFAULT.directBuffer(HEADER_MAX + size), HEADER_MAX);
  }

  private FrameText(ByteBuf buffer, int header) {
    this.buffer = buffer.writeZero(header);
    this.begin = buffer.writerIndex();
  }

  /** One more behind other frames, of at most 125 bytes; see {@link #endShort}. */
  static FrameText behind(ByteBuf frames) {
    return new FrameText(frames, HEADER_MIN);
  }

  FrameText ascii(String text) {
    ByteBufUtil.writeAscii(buffer, text);
    return this;
  }

  /** Text that needs no escape in JSON. */
  FrameText plain(String text) {
    buffer.writeCharSequence(text, StandardCharsets.UTF_8);
    return this;
  }

  FrameText id(RoomId room) {
    buffer.writeLong(room.head()).writeLong(room.tail());
    return this;
  }

  FrameText number(long number) {
    return ascii(Long.toString(number));
  }

  /** JSON that was encoded before. */
  FrameText json(byte[] json) {
    buffer.writeBytes(json);
    return this;
  }

  /** The frame; who asked for it owns it. */
  ByteBuf frame() {
    int length = buffer.writerIndex() - begin;
    int header = length <= SHORT_MAX ? HEADER_MIN : length <= 0xFFFF ? 4 : HEADER_MAX;
    int at = begin - header;
    buffer.setByte(at, FINAL_TEXT);
    if (header == HEADER_MIN) {
      buffer.setByte(at + 1, length);
    } else if (header == 4) {
      buffer.setByte(at + 1, TWO_BYTES).setShort(at + 2, length);
    } else {
      buffer.setByte(at + 1, EIGHT_BYTES).setLong(at + 2, length);
    }
    return buffer.readerIndex(at);
  }

  /** The end of a short frame behind others. */
  void endShort() {
    buffer.setByte(begin - 2, FINAL_TEXT).setByte(begin - 1, buffer.writerIndex() - begin);
  }
}
