package io.livehall.domain;

/** What a log entry says of its room. */
public enum RoomEvent {
  /** On air for the first time: it enters the list. */
  WENT_LIVE,
  EDITED,
  /** The stream broke off: it leaves the list and may come back. */
  INTERRUPTED,
  RESUMED,
  CLOSED
}
