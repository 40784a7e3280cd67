package io.livehall.protocol.push;

/**
 * Whether a socket lives: when its client was heard last, since when he leaves unread what he was
 * sent, and since when it is closed. Belongs to the socket's loop.
 */
final class Pulse {
  private static final long CLOSING_FOR = 2_000_000_000L;

  /** What is to be done. */
  enum Finding {
    /** Nothing. */
    WELL,
    /** He did not say hello in time. */
    LATE,
    /** He leaves unread too long what he was sent. */
    SLOW,
    /** He was not heard for so long that he is to be asked. */
    QUIET,
    /** He was asked, and is silent: one whose other end is gone looks like one who waits. */
    SILENT,
    /** It is closed, and he does not close it too. */
    OVER
  }

  private final long arrivedAt;
  private long heardAt;
  private long askedAt;
  private long fullAt;
  private long closedAt;
  private boolean isFull;
  private boolean isClosed;

  Pulse(long nanos) {
    arrivedAt = nanos;
    heardAt = nanos;
    askedAt = nanos;
  }

  /** Something came; whether it answers our asking. */
  boolean hear(long nanos) {
    boolean wasAsked = isAsked();
    heardAt = nanos;
    return wasAsked;
  }

  void ask(long nanos) {
    askedAt = nanos;
  }

  void fill(long nanos) {
    isFull = true;
    fullAt = nanos;
  }

  void drain() {
    isFull = false;
  }

  void close(long nanos) {
    isClosed = true;
    closedAt = nanos;
  }

  boolean isClosed() {
    return isClosed;
  }

  boolean isClosedFor(long time, long nanos) {
    return isClosed && nanos - closedAt > time;
  }

  /**
   * @param isOpen he has said hello
   */
  Finding look(long nanos, Limits limits, boolean isOpen) {
    long pingEvery = limits.pingEvery().toNanos();
    if (isClosed) {
      return isClosedFor(CLOSING_FOR, nanos) ? Finding.OVER : Finding.WELL;
    } else if (!isOpen && nanos - arrivedAt > limits.helloWithin().toNanos()) {
      return Finding.LATE;
    } else if (isFull && nanos - fullAt > limits.slowFor().toNanos()) {
      return Finding.SLOW;
    } else if (isAsked()) {
      return nanos - askedAt > pingEvery ? Finding.SILENT : Finding.WELL;
    }
    return nanos - heardAt > pingEvery ? Finding.QUIET : Finding.WELL;
  }

  private boolean isAsked() {
    return askedAt - heardAt > 0;
  }
}
