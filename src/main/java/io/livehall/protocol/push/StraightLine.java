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
  private final @Nullable FileDescriptor file;
  private boolean isOpen;

  StraightLine(Channel channel) {
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

  /** How many bytes the kernel took; -1 if the line is not open. The frame stays as it is. */
  int write(ByteBuf frame) throws IOException {
    // The number of a file that is closed may be that of another client's socket by now.
    if (!isOpen || file == null || !file.isOpen() || !frame.hasMemoryAddress()) {
      return -1;
    }
    return file.writeAddress(frame.memoryAddress(), frame.readerIndex(), frame.writerIndex());
  }
}
