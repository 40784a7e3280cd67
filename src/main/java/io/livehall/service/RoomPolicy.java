package io.livehall.service;

import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.RoomId;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * What the operator decides about rooms.
 *
 * @param streams names the stream of a new room
 * @param pushFor how long a push address is good for
 */
public record RoomPolicy(
    LivenessPolicy liveness, BiFunction<RoomId, UserId, StreamName> streams, Duration pushFor) {}
