package io.livehall.protocol.push;

/** One socket's place in a row. */
final class Seat {
  final PushSocket socket;
  private final StraightLine line;
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
    this.line = socket.line();
    this.row = row;
    this.isWatch = isWatch;
  }

  /** Whether the next frame can go straight to the kernel. */
  boolean isOpen() {
    return !isBehind && line.isOpen();
  }

  /** Whether it was written; who was lost while the others were told hears nothing. */
  boolean tell(Telling telling, boolean wasOpen) {
    return index >= 0
        && telling.isFor(this)
        && ((wasOpen && line.send(telling.frame())) || socket.delivery().tell(this, telling));
  }
}
