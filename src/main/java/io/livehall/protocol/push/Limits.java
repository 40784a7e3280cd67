package io.livehall.protocol.push;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.List;

/**
 * What one socket may do, and how long it is waited for.
 *
 * @param origins which web pages may connect; empty for all
 * @param slowFor how long a client may leave what we sent unread
 */
public record Limits(
    boolean anonymous,
    List<String> origins,
    int messagesPerMinute,
    Duration helloWithin,
    Duration pingEvery,
    Duration slowFor) {
  static final int SUBS = 8;
  static final int WATCH = 100;
  static final int ENTER = 8;
  static final int FRAME_BYTES = 4096;

  /**
   * What the kernel keeps of unread frames (it doubles the figure), what we keep before views are
   * skipped, and what we keep before the socket is given up. One frame more may be under way.
   */
  static final int KERNEL_BYTES = 48 * 1024;

  static final int QUEUE_BYTES = 64 * 1024;
  static final int QUEUE_BYTES_MAX = 96 * 1024;

  /** Whether more waits than is kept, the frame aside that is under way: a view may be large. */
  static boolean isTooMuch(ChannelOutboundBuffer queue) {
    int underWay = queue.current() instanceof ByteBuf frame ? frame.writerIndex() : 0;
    return queue.totalPendingWriteBytes() - underWay > QUEUE_BYTES_MAX;
  }
}
