package io.livehall.domain;

import io.livehall.domain.RoomChange.Polled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The true story of one broadcast, made up from a seed: a phone that pushes, breaks off and comes
 * back, a cloud that tells of it (but loses some callbacks, and answers a second or two late), a
 * host who says live, beats and ends (or does not), and our polls. Times are seconds from the
 * opening.
 */
final class Broadcast {
  /** How the story ends. */
  enum Ending {
    /** Nobody pushed yet. */
    WAITING,
    NEVER_STARTED,
    /** The host says so, but no stream ever comes. */
    ONLY_SAID,
    ON_AIR,
    BROKEN_OFF,
    HOST_ENDS,
    REPLACED,
    /** The network goes; the polls find out. */
    STREAM_LOST,
    /** The phone dies, and the cloud can't be asked. */
    HOST_LOST
  }

  /** A word, and when it was said. */
  record Word(long at, RoomChange says) {
    boolean isOfHost() {
      return says instanceof RoomChange.SaysLive || says instanceof RoomChange.Beats;
    }
  }

  private record Push(long from, long until) {}

  private static final long ASKED_AT_LAST = Words.POLICY.startWithin().toSeconds();
  private static final int BEAT_EVERY = 60;

  final Ending ending;

  /** In the order in which they were said. */
  final List<Word> words = new ArrayList<>();

  private final boolean beatsToTheEnd;
  private final Random random;
  private final List<Push> pushes = new ArrayList<>();
  private long end;
  private long polls;
  private int downsInARow;

  Broadcast(long seed) {
    random = new Random(seed);
    ending = Ending.values()[random.nextInt(Ending.values().length)];
    beatsToTheEnd = ending != Ending.HOST_LOST && random.nextInt(4) > 0;
    switch (ending) {
      case WAITING -> end = 1 + random.nextInt(290);
      case NEVER_STARTED -> neverStarts();
      case ONLY_SAID -> onlySays();
      default -> pushes();
    }
    if (random.nextBoolean() || ending == Ending.HOST_LOST) {
      beat();
    }
    words.sort(Comparator.comparingLong(Word::at));
  }

  RoomState state() {
    return switch (ending) {
      case WAITING -> RoomState.CREATED;
      case ON_AIR -> RoomState.LIVE;
      case BROKEN_OFF -> RoomState.INTERRUPTED;
      default -> RoomState.CLOSED;
    };
  }

  @Nullable CloseReason reason() {
    return switch (ending) {
      case WAITING, ON_AIR, BROKEN_OFF -> null;
      case NEVER_STARTED -> CloseReason.NEVER_STARTED;
      case ONLY_SAID, STREAM_LOST -> CloseReason.STREAM_LOST;
      case HOST_ENDS -> CloseReason.HOST_ENDED;
      case REPLACED -> CloseReason.REPLACED;
      case HOST_LOST -> CloseReason.HOST_LOST;
    };
  }

  /** Nobody ever had reason to list it. */
  boolean neverUp() {
    return words.stream().noneMatch(word -> isOfAStream(word.says()));
  }

  static boolean isOfAStream(RoomChange word) {
    return word instanceof RoomChange.SaysLive
        || word instanceof RoomChange.PushBegan
        || word instanceof RoomChange.PushEnded
        || (word instanceof Polled poll && poll.says() == StreamState.UP);
  }

  /** The app sleeps while the stream goes on: no sign of an end, if the cloud is heard in time. */
  boolean isBeatOfOneWhoStops(Word word) {
    return word.says() instanceof RoomChange.Beats && !beatsToTheEnd && ending != Ending.HOST_LOST;
  }

  long end() {
    return end;
  }

  /** What the next poll finds, the story being over. */
  RoomChange nextPoll(long at) {
    StreamState finds = ending == Ending.HOST_LOST ? StreamState.UNKNOWN : StreamState.DOWN;
    return new Polled(++polls, Words.at(at), finds);
  }

  private void neverStarts() {
    long at = ASKED_AT_LAST + random.nextInt(5);
    for (; random.nextBoolean(); at += 10) {
      poll(at, StreamState.UNKNOWN);
    }
    poll(at, StreamState.DOWN);
    end = at;
  }

  private void onlySays() {
    long said = 1 + random.nextInt(60);
    tell(said, Words.saysLive());
    pollUntilLost(said + 1);
  }

  private void pushes() {
    long from = 1 + random.nextInt(60);
    int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 14 : 4);
    for (int i = 1; i <= count; i++) {
      boolean isLast = i == count;
      boolean isOpen = isLast && ending != Ending.BROKEN_OFF && !isLoss();
      var push = new Push(from, isOpen ? Long.MAX_VALUE : from + 8 + random.nextInt(150));
      pushes.add(push);
      tellOf(push, "p" + i, isLast);
      from = push.until + random.nextInt(random.nextBoolean() ? 2 : 25);
    }
    finish();
  }

  private boolean isLoss() {
    return ending == Ending.STREAM_LOST || ending == Ending.HOST_LOST;
  }

  private void tellOf(Push push, String sequence, boolean isLast) {
    boolean isFirst = pushes.size() == 1;
    boolean isBeginLost = random.nextInt(4) == 0;
    if (isFirst ? isBeginLost || random.nextBoolean() : random.nextInt(3) == 0) {
      tell(push.from + random.nextInt(4), Words.saysLive());
    }
    if (!isBeginLost) {
      tell(push.from, Words.began(sequence, push.from));
    }
    boolean isEndNeeded = isLast && (ending == Ending.BROKEN_OFF || ending == Ending.HOST_LOST);
    if (push.until < Long.MAX_VALUE && (isEndNeeded || random.nextInt(4) > 0)) {
      tell(
          push.until,
          isBeginLost || random.nextBoolean()
              ? Words.ended(sequence, push.until, push.from)
              : Words.ended(sequence, push.until));
    }
  }

  private void finish() {
    Push last = pushes.get(pushes.size() - 1);
    long firstPoll = pushes.get(0).from + 4 + random.nextInt(10);
    switch (ending) {
      case ON_AIR, HOST_ENDS, REPLACED -> {
        end = last.from + 5 + random.nextInt(200);
        long at = pollTruly(firstPoll, end);
        if (ending == Ending.ON_AIR) {
          end = Math.max(at, last.from + 5);
          poll(end, StreamState.UP);
        } else {
          tell(end, ending == Ending.HOST_ENDS ? Words.ends() : new RoomChange.Replaced());
        }
      }
      case BROKEN_OFF -> {
        end = last.until + random.nextInt(20);
        pollTruly(firstPoll, end);
      }
      case STREAM_LOST -> pollUntilLost(pollTruly(firstPoll, last.until));
      default -> {
        long at = pollTruly(firstPoll, last.until);
        for (; at < last.until + 260; at += 10) {
          poll(at, StreamState.UNKNOWN);
          end = at;
        }
      }
    }
  }

  /** Polls that tell the truth, or nothing; never three times "down", since that ends the story. */
  private long pollTruly(long from, long until) {
    long at = from;
    for (; at < until; at += 10) {
      long seen = at - random.nextInt(3);
      boolean isUp = pushes.stream().anyMatch(p -> p.from <= seen && seen < p.until);
      boolean isUnknown = random.nextInt(7) == 0 || (!isUp && downsInARow == 2);
      poll(at, isUnknown ? StreamState.UNKNOWN : isUp ? StreamState.UP : StreamState.DOWN);
    }
    return at;
  }

  private void pollUntilLost(long from) {
    long at = from + 3;
    for (int downs = 0; downs < 3; at += 10) {
      boolean isUnknown = random.nextInt(5) == 0 && downs > 0;
      poll(at, isUnknown ? StreamState.UNKNOWN : StreamState.DOWN);
      downs += isUnknown ? 0 : 1;
      end = at;
    }
  }

  private void poll(long at, StreamState says) {
    downsInARow =
        switch (says) {
          case UP -> 0;
          case DOWN -> downsInARow + 1;
          case UNKNOWN -> downsInARow;
        };
    tell(at, new Polled(++polls, Words.at(at), says));
  }

  private void beat() {
    long until = beatsToTheEnd ? end : random.nextLong(end + 1);
    if (ending == Ending.HOST_LOST) {
      until = pushes.get(pushes.size() - 1).until;
    }
    for (long at = random.nextInt(5); at <= until; at += BEAT_EVERY) {
      tell(at, Words.beats());
    }
  }

  private void tell(long at, RoomChange says) {
    words.add(new Word(at, says));
  }
}
