package io.livehall.protocol.push;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The way of a frame to the kernel without an object for it, open where nothing waits in the
 * channel's queue: as nearly always. With thousands of sockets the kernel's own work is all that
 * should be left. What the kernel does not take whole goes the usual way, and so does everything
 * behind it until the queue is empty.
 */
final class StraightLine {
  private final PushSocket socket;
  private final @Nullable FileDescriptor file;
  private boolean isOpen;

  StraightLine(PushSocket socket, Channel channel) {
    this.socket = socket;
    this.file = channel instanceof UnixChannel unix ? unix.fd() : null;
  }

  /** Something goes the usual way now. */
  void close() {
    isOpen = false;
  }

  /** Looks whether the queue is empty again. */
  void open(ChannelOutboundBuffer queue) {
    isOpen = file != null && queue.totalPendingWriteBytes() == 0;
  }

  /** The number of a file that is closed may be that of another client's socket by now. */
  boolean isOpen() {
    return isOpen && file != null && file.isOpen();
  }

  /**
   * Whether it was written; the frame stays the caller's. The line is open only while the client
   * reads and the socket is not closing, so that nothing else need be looked at.
   */
  boolean send(ByteBuf frame) {
    if (file == null || !isOpen() || !frame.hasMemoryAddress()) {
      return false;
    }
    int end = frame.writerIndex();
    try {
      int taken = file.writeAddress(frame.memoryAddress(), frame.readerIndex(), end);
      int left = frame.readableBytes() - taken;
      if (left > 0) {
        socket.write(frame.retainedSlice(end - left, left));
      }
      return true;
    } catch (IOException gone) {
      socket.lose();
      return false;
    }
  }
}
