package io.livehall.protocol.push;

/** One socket's place in a row. */
final class Seat {
  final PushSocket socket;
  private final StraightLine line;
  final Row row;
  final Kind kind;

  /** Where in the row; -1 before the desk has answered, and after the seat was given up. */
  int index = -1;

  /** The desk was asked, and has not answered yet. */
  boolean isAsking;

  /** The client asked again meanwhile, and waits for another answer. */
  boolean isAskedAgain;

  /** Frames were left out, since the client did not read; it needs the whole picture next. */
  boolean isBehind;

  /** What its client wants to hear. */
  enum Kind {
    /** All of a view, or of a room. */
    CHANNEL,
    /** The counters of a room that he shows elsewhere, and its end. */
    WATCH,
    /** The end of a room in which he is a viewer. */
    VIEWER
  }

  Seat(PushSocket socket, Row row, Kind kind) {
    this.socket = socket;
    this.line = socket.line();
    this.row = row;
    this.kind = kind;
  }

  /** Whether the next frame can go straight to the kernel. */
  boolean isOpen() {
    return !isBehind && line.isOpen();
  }

  /**
   * Whether it was written; who was lost while the others were told hears nothing, nor does who has
   * heard of the end from another seat.
   */
  boolean tell(Telling telling, boolean wasOpen) {
    boolean isTold =
        index >= 0
            && telling.isFor(this)
            && ((wasOpen && line.send(telling.frame())) || socket.delivery().tell(this, telling));
    if (isTold && telling.kind() == Telling.Kind.CLOSED) {
      socket.delivery().end(row);
    }
    return isTold;
  }
}
