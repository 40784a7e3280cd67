package io.livehall.load;

/** What a frame was to a client. */
public enum Verdict {
  /** Not of this channel, or old, or something for which the client waits already. */
  IGNORED,
  APPLIED,
  /** It does not continue what the client holds. */
  GAP,
  /** The same position, and another list: one of the two is not right. */
  WRONG_HASH,
  /** A room that the client was told is closed is alive again. */
  REVIVED,
  /** It names rooms that the client never got, makes them older, or shows more than was asked. */
  BROKEN;

  /** Whether it cannot be true. */
  public boolean isWrong() {
    return this == WRONG_HASH || this == REVIVED || this == BROKEN;
  }
}
