package io.livehall.bench;

import java.util.List;

/**
 * Viewers who read nothing, and to whom so much was sent that no more fits: not into their kernel,
 * not into the server's, and views not into the server's queue.
 */
final class Stalled {
  private static final int KERNEL_BYTES = 8 * 1024;
  private static final int SNAPS = 200;
  private static final long BETWEEN_MS = 5;

  /** Less than the server's queue and kernel hold together, more than either. */
  private static final long UNREAD_BYTES_MIN = 80 * 1024;

  private final Audience audience;
  private final List<Wire> wires;
  private int notices;

  /** The server must have a list of some rooms: it is asked for until it does not fit any more. */
  Stalled(Audience audience, int count) throws InterruptedException {
    this.audience = audience;
    this.wires = count == 0 ? List.of() : audience.open(count, KERNEL_BYTES);
    if (count == 0) {
      return;
    }
    audience.reads(wires, false);
    audience.say(wires, "{\"t\":\"sub\",\"view\":\"hall\",\"limit\":5}");
    for (int i = 0; i < SNAPS; i++) {
      Thread.sleep(BETWEEN_MS); // while one is on its way, another is not asked for
      audience.say(wires, "{\"t\":\"resync\",\"ch\":\"hall:newest:5\"}");
    }
  }

  boolean isEmpty() {
    return wires.isEmpty();
  }

  List<Wire> wires() {
    return wires;
  }

  void expectOneMore() {
    notices++;
  }

  /** They read at last: every notice must be there, behind more than anyone reads by chance. */
  void requireThatTheyWereBehind() {
    if (wires.isEmpty()) {
      return;
    }
    Heard told = audience.expect("{\"t\":\"closed\"", notices * wires.size());
    audience.reads(wires, true);
    told.await();
    long least = wires.stream().mapToLong(Wire::bytesRead).min().orElse(0);
    if (least < UNREAD_BYTES_MIN) {
      throw new IllegalStateException("one had left only " + least + " bytes unread");
    }
  }
}
