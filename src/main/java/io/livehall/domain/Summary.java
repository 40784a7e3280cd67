package io.livehall.domain;

import java.io.Serializable;

/** What a broadcast was, once it is over. */
public record Summary(long durationSeconds, long likes, long peakViewers, long visits)
    implements Serializable {}
