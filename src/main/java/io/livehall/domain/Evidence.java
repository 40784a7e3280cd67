package io.livehall.domain;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What we were told about a room's stream, by whom and when. Merging is commutative and idempotent:
 * in whatever order and however often the words arrive, the same words make the same evidence. So a
 * late or repeated word about an older push changes nothing, without anyone having to look out for
 * it.
 *
 * @param saidLiveAt the host's last "my push has begun"
 * @param beatAt the host's last heartbeat; null when he never sent one, and then he is not judged
 *     by it
 * @param seenUpAt the last poll that found the stream up
 * @param misses the newest {@value #KEPT} polls since then that did not, by number
 * @param pushes the newest {@value #KEPT}, oldest first; those of unknown beginning come first
 */
public record Evidence(
    @Nullable Instant saidLiveAt,
    @Nullable Instant beatAt,
    @Nullable Instant seenUpAt,
    List<Poll> misses,
    List<Push> pushes)
    implements Serializable {
  public static final int KEPT = 8;
  public static final Evidence NONE = new Evidence(null, null, null, List.of(), List.of());

  /**
   * The cloud's clock counts whole seconds and is not ours: a poll within this of a push's end
   * proves nothing.
   */
  private static final Duration BLUR = Duration.ofSeconds(2);

  private static final int PROOFS_OF_LOSS = 3;

  /** So many are believed against a host who says "live" again and again. */
  private static final int PROOFS_AGAINST_HOST = 6;

  /** One push of the stream; the newest began last. */
  public record Push(String sequence, @Nullable Instant beganAt, @Nullable Instant endedAt)
      implements Serializable {
    private static final Comparator<Push> OLDEST_FIRST =
        Comparator.comparing(Push::beganAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(push -> push.endedAt == null)
            .thenComparing(Push::sequence);
    private static final Comparator<Push> FIRST_OVER =
        Comparator.comparing(Push::lastKnownAt, Comparator.nullsFirst(Comparator.naturalOrder()));

    private @Nullable Instant lastKnownAt() {
      return endedAt == null ? beganAt : endedAt;
    }

    private Push merge(Push other) {
      return new Push(sequence, earlier(beganAt, other.beganAt), earlier(endedAt, other.endedAt));
    }
  }

  public record Poll(long number, Instant at, StreamState says) implements Serializable {}

  public Evidence {
    misses = List.copyOf(misses);
    pushes = List.copyOf(pushes);
  }

  Evidence saidLive(Instant at) {
    return new Evidence(later(saidLiveAt, at), beatAt, seenUpAt, misses, pushes);
  }

  Evidence beat(Instant at) {
    return new Evidence(saidLiveAt, later(beatAt, at), seenUpAt, misses, pushes);
  }

  Evidence push(Push push) {
    var merged = new ArrayList<>(pushes);
    var known = merged.stream().filter(p -> p.sequence.equals(push.sequence)).findFirst();
    known.ifPresent(merged::remove);
    merged.add(known.map(p -> p.merge(push)).orElse(push));
    if (merged.size() > KEPT) {
      // Not the first: an end that came before its beginning stands there, and is still needed.
      merged.remove(Collections.min(merged, Push.FIRST_OVER));
    }
    merged.sort(Push.OLDEST_FIRST);
    return new Evidence(saidLiveAt, beatAt, seenUpAt, misses, merged);
  }

  Evidence poll(Poll poll) {
    boolean isUp = poll.says == StreamState.UP;
    Instant up = isUp ? later(seenUpAt, poll.at) : seenUpAt;
    var merged = new ArrayList<>(misses);
    if (!isUp && misses.stream().noneMatch(miss -> miss.number == poll.number)) {
      merged.add(poll);
    }
    merged.removeIf(miss -> up != null && !miss.at.isAfter(up));
    merged.sort(Comparator.comparingLong(Poll::number));
    return new Evidence(saidLiveAt, beatAt, up, newest(merged), pushes);
  }

  /** The push that counts: the one that began last. */
  @Nullable Push currentPush() {
    return pushes.isEmpty() ? null : pushes.get(pushes.size() - 1);
  }

  /** The stream has come up at some time, by anyone's word. */
  boolean everUp() {
    return saidLiveAt != null || seenUpAt != null || !pushes.isEmpty();
  }

  /**
   * The current push is over, and no poll has seen the stream up since. The host's word does not
   * count against that: it names no push, so one that comes late can't be told from one that is
   * new.
   */
  boolean isBroken() {
    Instant end = currentEnd();
    return end != null && (seenUpAt == null || seenUpAt.isBefore(end.plus(BLUR)));
  }

  /** The last word of the cloud that was a yes or a no was a yes. */
  boolean cloudSaysUp() {
    Push push = currentPush();
    Instant up = later(push == null || push.endedAt != null ? null : push.beganAt, seenUpAt);
    Instant down = currentEnd();
    for (Poll miss : misses) {
      down = miss.says == StreamState.DOWN ? later(down, miss.at) : down;
    }
    return up != null && (down == null || !up.isBefore(down));
  }

  /** A poll from then on that said "down" has been heard. */
  boolean isDownFrom(Instant time) {
    return misses.stream().anyMatch(m -> m.says == StreamState.DOWN && !m.at.isBefore(time));
  }

  /** The last time of which anybody said that the stream was up. */
  @Nullable Instant lastUpAt() {
    return later(later(saidLiveAt, cloudUpAt()), currentEnd());
  }

  /**
   * Since the stream was last known to be up, three polls in a row found it down (one without an
   * answer between them neither counts nor breaks the row), the last of them at least {@code grace}
   * after it went. The host's word starts the row anew, but not for ever.
   */
  boolean isLost(Duration grace) {
    Instant gone = lastUpAt();
    long next = -1;
    int proofs = 0;
    int proofsSinceSaid = 0;
    for (Poll miss : misses) {
      if (!isAfter(miss.at, cloudUpAt())) {
        continue;
      }
      boolean isInRow = miss.number == next;
      int proof = miss.says == StreamState.DOWN ? 1 : 0;
      proofs = (isInRow ? proofs : 0) + proof;
      proofsSinceSaid =
          (isInRow ? proofsSinceSaid : 0) + (isAfter(miss.at, saidLiveAt) ? proof : 0);
      next = miss.number + 1;
      boolean isEnough = proofsSinceSaid >= PROOFS_OF_LOSS || proofs >= PROOFS_AGAINST_HOST;
      if (isEnough && (gone == null || !miss.at.isBefore(gone.plus(grace)))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Instant cloudUpAt() {
    Push push = currentPush();
    return later(push == null ? null : push.beganAt, seenUpAt);
  }

  private @Nullable Instant currentEnd() {
    Push push = currentPush();
    return push == null ? null : push.endedAt;
  }

  private static boolean isAfter(Instant at, @Nullable Instant since) {
    return since == null || at.isAfter(since);
  }

  private static <T> List<T> newest(List<T> all) {
    return all.subList(Math.max(0, all.size() - KEPT), all.size());
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    return a == null ? b : b == null || a.isAfter(b) ? a : b;
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return a == null ? b : b == null || a.isBefore(b) ? a : b;
  }
}
