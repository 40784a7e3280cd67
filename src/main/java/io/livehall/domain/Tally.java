package io.livehall.domain;

import java.io.Serializable;

/** The counters of a room: absolute, never negative. */
public record Tally(long viewers, long likes, long peakViewers, long visits)
    implements Serializable {
  public static final Tally ZERO = new Tally(0, 0, 0, 0);
}
