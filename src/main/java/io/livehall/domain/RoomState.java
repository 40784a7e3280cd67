package io.livehall.domain;

/** CREATED → LIVE ⇄ INTERRUPTED → CLOSED. Only LIVE rooms are listed; CLOSED is for ever. */
public enum RoomState {
  CREATED,
  LIVE,
  INTERRUPTED,
  CLOSED
}
