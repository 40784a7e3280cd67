package io.livehall.domain;

import io.livehall.domain.RoomChange.OfHost;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live room: one broadcast of one host. It decides for itself what a word about it means: {@link
 * #hear} is a total function of the room, the word, the policy and the clock, and touches nothing
 * outside.
 *
 * @param liveAt when it first went live; its place among the newest
 * @param version counts what viewers can see of it, counters aside
 */
public record Room(
    RoomId id,
    StreamName stream,
    Host host,
    RoomInfo info,
    RoomState state,
    @Nullable CloseReason closeReason,
    Instant createdAt,
    @Nullable Instant liveAt,
    @Nullable Instant closedAt,
    long version,
    Tally tally,
    Evidence evidence)
    implements Serializable {

  private static final int MISSED_BEATS = 3;

  public static Room open(RoomId id, StreamName stream, Host host, RoomInfo info, Instant now) {
    return new Room(
        id,
        stream,
        host,
        info,
        RoomState.CREATED,
        null,
        now,
        null,
        null,
        1,
        Tally.ZERO,
        Evidence.NONE);
  }

  public Outcome hear(RoomChange change, LivenessPolicy policy, Instant now) {
    if (change instanceof OfHost word && !word.by().equals(host.id())) {
      return new Outcome.Refused(ErrorCode.FORBIDDEN, "Only the host of this room may do that.");
    }
    if (state == RoomState.CLOSED) {
      return change instanceof OfHost && !(change instanceof RoomChange.Ends)
          ? new Outcome.Refused(ErrorCode.ROOM_CLOSED, "The room is closed: " + closeReason + ".")
          : new Outcome.Unchanged(this);
    }
    if (change instanceof RoomChange.Ends) {
      return close(CloseReason.HOST_ENDED, now);
    } else if (change instanceof RoomChange.Replaced) {
      return close(CloseReason.REPLACED, now);
    } else if (change instanceof RoomChange.Edits edit) {
      return edited(edit.patch().over(info));
    }
    return with(learn(change, policy, now)).judge(this, policy, now);
  }

  /**
   * When time alone may change this room, or the cloud is to be asked about it; empty once it is
   * closed.
   */
  public Optional<Instant> askAt(LivenessPolicy policy, Instant now) {
    return switch (state) {
      case CREATED -> Optional.of(createdAt.plus(policy.startWithin()));
      case LIVE, INTERRUPTED -> Optional.of(now.plus(policy.pollEvery()));
      case CLOSED -> Optional.empty();
    };
  }

  /**
   * The host says "live" of a stream that we believe broken: a poll will tell, so it should not
   * wait its turn.
   */
  public boolean isDoubted() {
    Instant said = evidence.saidLiveAt();
    Evidence.Push push = evidence.currentPush();
    return state == RoomState.INTERRUPTED
        && said != null
        && (push == null || push.endedAt() == null || said.isAfter(push.endedAt()));
  }

  public void requireHost(UserId by) {
    if (!by.equals(host.id())) {
      throw new LiveException(ErrorCode.FORBIDDEN, "Only the host of this room may do that.");
    }
  }

  public void requireOpen() {
    if (state == RoomState.CLOSED) {
      throw new LiveException(ErrorCode.ROOM_CLOSED, "The room is closed: " + closeReason + ".");
    }
  }

  /** Only a room on air can be liked. */
  public void requireLive() {
    requireOpen();
    if (state != RoomState.LIVE) {
      throw new LiveException(ErrorCode.ROOM_NOT_LIVE, "The room is not on air.");
    }
  }

  /** A room can be entered once it was on air, also while its stream is broken off. */
  public void requireWatchable() {
    requireOpen();
    if (liveAt == null) {
      throw new LiveException(ErrorCode.ROOM_NOT_LIVE, "The room is not on air yet.");
    }
  }

  /** The same with these counters. */
  public Room counted(Tally counted) {
    return new Room(
        id,
        stream,
        host,
        info,
        state,
        closeReason,
        createdAt,
        liveAt,
        closedAt,
        version,
        counted,
        evidence);
  }

  public Summary summary() {
    if (closedAt == null) {
      throw new LiveException(ErrorCode.ROOM_NOT_CLOSED, "A room has a summary once it is closed.");
    }
    long seconds = liveAt == null ? 0 : Math.max(0, Duration.between(liveAt, closedAt).toSeconds());
    return new Summary(seconds, tally.likes(), tally.peakViewers(), tally.visits());
  }

  public Room withoutEvidence() {
    return with(Evidence.NONE);
  }

  private Evidence learn(RoomChange change, LivenessPolicy policy, Instant now) {
    if (change instanceof RoomChange.SaysLive) {
      return evidence.saidLive(now);
    } else if (change instanceof RoomChange.Beats) {
      return evidence.beat(now);
    } else if (change instanceof RoomChange.PushBegan began) {
      return learnPush(new Evidence.Push(began.sequence(), began.at(), null), began.at(), policy);
    } else if (change instanceof RoomChange.PushEnded ended) {
      Instant from = ended.beganAt() == null ? ended.at() : ended.beganAt();
      return learnPush(
          new Evidence.Push(ended.sequence(), ended.beganAt(), ended.at()), from, policy);
    } else if (change instanceof RoomChange.Polled poll) {
      return evidence.poll(new Evidence.Poll(poll.number(), poll.at(), poll.says()));
    }
    throw new IllegalStateException("not evidence: " + change);
  }

  private Evidence learnPush(Evidence.Push push, Instant from, LivenessPolicy policy) {
    boolean isOfAnEarlierRoom =
        policy.streamsAreReused() && from.isBefore(createdAt.minusSeconds(1));
    return isOfAnEarlierRoom ? evidence : evidence.push(push);
  }

  private Outcome judge(Room before, LivenessPolicy policy, Instant now) {
    if (state == RoomState.CREATED && !evidence.everUp()) {
      boolean isTooLate = evidence.isDownFrom(createdAt.plus(policy.startWithin()));
      return isTooLate ? close(CloseReason.NEVER_STARTED, now) : unlessSame(before);
    }
    if (evidence.isLost(policy.lossGrace())) {
      return close(CloseReason.STREAM_LOST, now);
    }
    if (isHostLost(policy, now)) {
      return close(CloseReason.HOST_LOST, now);
    }
    if (evidence.isBroken()) {
      return state == RoomState.INTERRUPTED
          ? unlessSame(before)
          : new Outcome.Changed(
              in(RoomState.INTERRUPTED, liveAt), liveAt == null ? null : RoomEvent.INTERRUPTED);
    }
    return state == RoomState.LIVE ? unlessSame(before) : onAir(now);
  }

  /** The host is silent, and as long as that nobody else has known of a stream. */
  private boolean isHostLost(LivenessPolicy policy, Instant now) {
    Instant beat = evidence.beatAt();
    Instant up = evidence.lastUpAt();
    Instant silentSince = now.minus(policy.heartbeatEvery().multipliedBy(MISSED_BEATS));
    return beat != null
        && beat.isBefore(silentSince)
        && (up == null || up.isBefore(silentSince))
        && !evidence.cloudSaysUp();
  }

  private Outcome unlessSame(Room before) {
    return equals(before) ? new Outcome.Unchanged(this) : new Outcome.Changed(this, null);
  }

  private Outcome onAir(Instant now) {
    return liveAt == null
        ? new Outcome.Changed(in(RoomState.LIVE, now), RoomEvent.WENT_LIVE)
        : new Outcome.Changed(in(RoomState.LIVE, liveAt), RoomEvent.RESUMED);
  }

  private Outcome edited(RoomInfo changed) {
    if (changed.equals(info)) {
      return new Outcome.Unchanged(this);
    }
    Room room =
        new Room(
            id,
            stream,
            host,
            changed,
            state,
            closeReason,
            createdAt,
            liveAt,
            closedAt,
            version + 1,
            tally,
            evidence);
    return new Outcome.Changed(room, state == RoomState.CREATED ? null : RoomEvent.EDITED);
  }

  private Outcome close(CloseReason reason, Instant now) {
    Room closed =
        new Room(
            id,
            stream,
            host,
            info,
            RoomState.CLOSED,
            reason,
            createdAt,
            liveAt,
            now,
            version + 1,
            tally,
            evidence);
    return new Outcome.Changed(closed, RoomEvent.CLOSED);
  }

  private Room in(RoomState next, @Nullable Instant since) {
    return new Room(
        id,
        stream,
        host,
        info,
        next,
        closeReason,
        createdAt,
        since,
        closedAt,
        version + 1,
        tally,
        evidence);
  }

  private Room with(Evidence learnt) {
    return new Room(
        id,
        stream,
        host,
        info,
        state,
        closeReason,
        createdAt,
        liveAt,
        closedAt,
        version,
        tally,
        learnt);
  }
}
