package io.livehall.protocol.push;

/** One socket's place in a row. */
final class Seat {
  final PushSocket socket;
  final Row row;

  /** Who only watches a room hears its counters and its end. */
  final boolean isWatch;

  /** Where in the row; -1 before the desk has answered, and after the seat was given up. */
  int index = -1;

  /** The desk was asked, and has not answered yet. */
  boolean isAsking;

  /** The client asked again meanwhile, and waits for another answer. */
  boolean isAskedAgain;

  /** Frames were left out, since the client did not read; it needs the whole picture next. */
  boolean isBehind;

  Seat(PushSocket socket, Row row, boolean isWatch) {
    this.socket = socket;
    this.row = row;
    this.isWatch = isWatch;
  }

  /** Whether it was written. */
  boolean tell(Telling telling) {
    return (!isBehind && socket.sendAtOnce(telling.frame()))
        || socket.delivery().tell(this, telling);
  }
}
