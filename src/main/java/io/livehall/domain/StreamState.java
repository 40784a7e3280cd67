package io.livehall.domain;

/** What the cloud says of a stream when it is asked. UNKNOWN (an error, a time-out) is not DOWN. */
public enum StreamState {
  UP,
  DOWN,
  UNKNOWN
}
