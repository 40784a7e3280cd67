package io.livehall.domain;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long we wait before we believe that something ended.
 *
 * @param lossGrace how long a stream must have been gone, beside three polls that say so
 * @param streamsAreReused a stream name serves one room after another, so a push older than the
 *     room is not the room's
 */
public record LivenessPolicy(
    Duration startWithin,
    Duration pollEvery,
    Duration heartbeatEvery,
    Duration lossGrace,
    boolean streamsAreReused)
    implements Serializable {}
