package io.livehall.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Takes the frames of a server out of the bytes of a socket. A message may have 1 MB, in one piece
 * or in several; a longer one is a fault. What is whole is not copied.
 */
final class FrameDecoder {
  static final int MESSAGE_BYTES_MAX = 1 << 20;

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int NO_STATUS = 1005;

  /** What is done with the frames. The buffers are good during the call only. */
  interface Taker {
    /**
     * @param wireBytes how long it was on the wire, with its headers
     */
    void text(ByteBuf payload, int wireBytes);

    void ping(ByteBuf payload);

    void closed(int code);

    /** Not a frame that a server may send. Nothing more is read. */
    void fault(String what);
  }

  private final Taker taker;
  private ByteBuf rest = Unpooled.EMPTY_BUFFER;
  private ByteBuf pieces = Unpooled.EMPTY_BUFFER;
  private int wireBytes;
  private boolean isInPieces;
  private boolean isOver;

  FrameDecoder(Taker taker) {
    this.taker = taker;
  }

  /** Reads what is there, and keeps the beginning of what is not whole. */
  void read(ByteBuf data) {
    if (isOver) {
      return;
    }
    if (rest.isReadable()) {
      rest.writeBytes(data);
      decode(rest);
      if (!rest.isReadable()) {
        release();
      } else {
        rest.discardReadBytes();
      }
    } else {
      decode(data);
      if (data.isReadable() && !isOver) {
        rest = data.alloc().buffer(data.readableBytes() + 1024).writeBytes(data);
      }
    }
  }

  /** Nothing more will come. */
  void end() {
    isOver = true;
    release();
    pieces.release();
    pieces = Unpooled.EMPTY_BUFFER;
  }

  private void release() {
    rest.release();
    rest = Unpooled.EMPTY_BUFFER;
  }

  private void decode(ByteBuf in) {
    while (!isOver && in.readableBytes() >= 2) {
      int start = in.readerIndex();
      int first = in.getUnsignedByte(start);
      int second = in.getUnsignedByte(start + 1);
      if ((first & 0x70) != 0 || (second & 0x80) != 0) {
        fault("a frame with reserved bits or a mask");
        return;
      }
      int head = headBytes(second);
      if (in.readableBytes() < head) {
        return;
      }
      long length = length(in, start + 2, second);
      if (length < 0 || length > MESSAGE_BYTES_MAX) {
        fault("a frame of over 1 MB");
        return;
      }
      if (in.readableBytes() < head + length) {
        return;
      }
      ByteBuf payload = in.slice(start + head, (int) length);
      in.skipBytes(head + (int) length);
      take(first, payload, head + (int) length);
    }
  }

  private static int headBytes(int second) {
    return second < 126 ? 2 : second == 126 ? 4 : 10;
  }

  private static long length(ByteBuf in, int at, int second) {
    return second < 126 ? second : second == 126 ? in.getUnsignedShort(at) : in.getLong(at);
  }

  private void take(int first, ByteBuf payload, int bytes) {
    boolean isLast = (first & 0x80) != 0;
    switch (first & 0x0f) {
      case TEXT, CONTINUATION -> data((first & 0x0f) == TEXT, isLast, payload, bytes);
      case PING -> taker.ping(payload);
      case PONG -> {}
      case CLOSE -> {
        isOver = true;
        taker.closed(payload.readableBytes() < 2 ? NO_STATUS : payload.getUnsignedShort(0));
      }
      default -> fault("a frame of opcode " + (first & 0x0f));
    }
  }

  private void data(boolean isFirst, boolean isLast, ByteBuf payload, int bytes) {
    if (isFirst == isInPieces) {
      fault("a message inside another, or the end of none");
      return;
    }
    if (isFirst && isLast) {
      taker.text(payload, bytes);
      return;
    }
    wireBytes = isFirst ? bytes : wireBytes + bytes;
    if (pieces.readableBytes() + payload.readableBytes() > MESSAGE_BYTES_MAX) {
      fault("a message of over 1 MB");
      return;
    }
    pieces = isFirst ? Unpooled.buffer(payload.readableBytes() * 2) : pieces;
    pieces.writeBytes(payload);
    isInPieces = !isLast;
    if (isLast) {
      ByteBuf whole = pieces;
      pieces = Unpooled.EMPTY_BUFFER;
      taker.text(whole, wireBytes);
      whole.release();
    }
  }

  private void fault(String what) {
    isOver = true;
    taker.fault(what);
  }
}
