package io.livehall.domain;

public enum CloseReason {
  HOST_ENDED,
  NEVER_STARTED,
  STREAM_LOST,
  HOST_LOST,
  BANNED,
  REPLACED
}
