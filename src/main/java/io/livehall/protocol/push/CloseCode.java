package io.livehall.protocol.push;

import io.livehall.domain.ErrorCode;
import io.livehall.protocol.ErrorTable;

/** Why the server closes a socket. From 4400 to 4403: do not come back as you are. */
enum CloseCode {
  PROTOCOL(4400, "protocol error"),
  TOKEN(4401, "bad or expired token"),
  FORBIDDEN(4403, "forbidden"),
  SLOW(4008, "slow consumer"),
  STATE_LOST(4009, "state lost"),
  DRAIN(4010, "drain"),
  FLOOD(4029, "rate limited");

  private final int number;
  private final String reason;

  CloseCode(int number, String reason) {
    this.number = number;
    this.reason = reason;
  }

  int number() {
    return number;
  }

  String reason() {
    return reason;
  }

  /** What an error means for the socket. */
  static CloseCode of(ErrorCode code) {
    int number = ErrorTable.push(code).closeCode();
    for (CloseCode close : values()) {
      if (close.number == number) {
        return close;
      }
    }
    throw new IllegalStateException("no close code " + number);
  }
}
