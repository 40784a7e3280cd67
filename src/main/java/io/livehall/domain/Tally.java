package io.livehall.domain;

import java.io.Serializable;

/** The counters of a room: absolute, never negative. */
public record Tally(long viewers, long likes, long peakViewers, long visits)
    implements Serializable {
  public static final Tally ZERO = new Tally(0, 0, 0, 0);

  /** The end: nobody is in the room any more, and of each counter the greater is true. */
  public Tally closedWith(Tally last) {
    return new Tally(
        0,
        Math.max(likes, last.likes),
        Math.max(peakViewers, last.peakViewers),
        Math.max(visits, last.visits));
  }
}
