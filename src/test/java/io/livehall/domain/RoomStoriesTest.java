package io.livehall.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.Broadcast.Ending;
import io.livehall.domain.Broadcast.Word;
import io.livehall.domain.RoomChange.Polled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * In whatever order and however often the words about a broadcast arrive, the room ends as the
 * broadcast did. What the cloud says carries its time; a host's word does not: it counts from when
 * it arrives, so one that comes late is, for all that anyone can know, said late.
 */
class RoomStoriesTest {
  private static final int STORIES = 5_000;
  private static final int LATE_MAX_MS = 60_000;

  /** A word and when it reaches us. */
  private record Arrival(Instant now, RoomChange word) {}

  /** The room, and all polls it was told of. */
  private static final class Hearing {
    private final TreeMap<Long, StreamState> polls = new TreeMap<>();
    private Telling now = Telling.of(Words.opened());
    private boolean isOfAStream;

    void hear(Arrival arrival) {
      Telling before = now;
      if (arrival.word() instanceof Polled poll) {
        polls.put(poll.number(), poll.says());
      }
      isOfAStream |= Broadcast.isOfAStream(arrival.word());
      now = before.hears(arrival.now(), arrival.word(), Words.POLICY);
      if (before.state() == RoomState.CLOSED) {
        assertThat(now.room()).isEqualTo(before.room());
      }
      assertThat(now.room().version()).isGreaterThanOrEqualTo(before.room().version());
      if (now.state() == RoomState.LIVE) {
        assertThat(isOfAStream).as("somebody said it was up").isTrue();
      }
      if (now.reason() == CloseReason.STREAM_LOST) {
        assertThat(hasThreeDownInARow()).as("three proofs").isTrue();
      }
    }

    private boolean hasThreeDownInARow() {
      int row = 0;
      long next = 0;
      for (var poll : polls.entrySet()) {
        row = poll.getKey() == next && poll.getValue() != StreamState.UP ? row : 0;
        row += poll.getValue() == StreamState.DOWN ? 1 : 0;
        next = poll.getKey() + 1;
        if (row == 3) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void toldInOrderTheRoomEndsAsTheBroadcastDid() {
    forEachStory(
        (story, random) ->
            story.words.stream()
                .map(word -> new Arrival(Words.at(word.at()), word.says()))
                .toList());
  }

  @Test
  void callbacksAndPollsUpToAMinuteLateAndTwiceChangeNothing() {
    forEachStory(
        (story, random) -> {
          List<Arrival> arrivals = new ArrayList<>();
          for (Word word : story.words) {
            Instant said = Words.at(word.at());
            do {
              int late = word.isOfHost() ? 0 : random.nextInt(LATE_MAX_MS);
              arrivals.add(new Arrival(said.plusMillis(late), word.says()));
            } while (!word.isOfHost() && random.nextInt(3) == 0);
          }
          arrivals.sort(Comparator.comparing(Arrival::now));
          return arrivals;
        });
  }

  @Test
  void allCallbacksAndPollsAtTheEndInAnyOrderChangeNothing() {
    forEachStory(
        (story, random) -> {
          List<Arrival> arrivals = new ArrayList<>();
          List<RoomChange> heap = new ArrayList<>();
          for (Word word : story.words) {
            boolean isInTime = word.isOfHost() && !story.isBeatOfOneWhoStops(word);
            if (isInTime) {
              arrivals.add(new Arrival(Words.at(word.at()), word.says()));
            } else {
              heap.add(word.says());
            }
          }
          arrivals.addAll(heaped(heap, story, random));
          return arrivals;
        });
  }

  /** With the host's words late too, the next polls may be needed, which life goes on to make. */
  @Test
  void everythingInAnyOrderEndsAsTheBroadcastDidWhenLifeGoesOn() {
    for (long seed = 0; seed < STORIES; seed++) {
      var story = new Broadcast(seed);
      var random = new Random(~seed);
      List<RoomChange> heap = new ArrayList<>(story.words.stream().map(Word::says).toList());
      var hearing = new Hearing();

      try {
        heaped(heap, story, random).forEach(hearing::hear);
        boolean isOver = story.state() == RoomState.CLOSED;
        for (long at = story.end() + 10, i = 0; isOver && i < 30; i++, at += 10) {
          hearing.hear(new Arrival(Words.at(at), story.nextPoll(at)));
        }
        assertThat(hearing.now.state()).isEqualTo(story.state());
        assertThat(hearing.now.reason()).isEqualTo(story.reason());
      } catch (AssertionError wrong) {
        throw failed(seed, story, List.of(), wrong);
      }
    }
  }

  @Test
  void wordsWithoutRhymeOrReasonNeverBreakTheRules() {
    for (long seed = 0; seed < STORIES; seed++) {
      var random = new Random(seed);
      var hearing = new Hearing();
      List<Arrival> arrivals = new ArrayList<>();
      Instant now = Words.OPENED;
      for (int i = 0; i < 40; i++) {
        now = now.plusSeconds(random.nextInt(30));
        arrivals.add(new Arrival(now, anything(random)));
      }

      try {
        arrivals.forEach(hearing::hear);
      } catch (AssertionError | RuntimeException wrong) {
        throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
      }
    }
  }

  private interface Post {
    List<Arrival> deliver(Broadcast story, Random random);
  }

  private static void forEachStory(Post post) {
    for (long seed = 0; seed < STORIES; seed++) {
      var story = new Broadcast(seed);
      List<Arrival> arrivals = post.deliver(story, new Random(~seed));
      var hearing = new Hearing();

      try {
        arrivals.forEach(hearing::hear);
        assertThat(hearing.now.state()).isEqualTo(story.state());
        assertThat(hearing.now.reason()).isEqualTo(story.reason());
        assertThat(story.neverUp() && hearing.now.room().liveAt() != null).isFalse();
      } catch (AssertionError wrong) {
        throw failed(seed, story, arrivals, wrong);
      }
    }
  }

  private static AssertionError failed(
      long seed, Broadcast story, List<Arrival> arrivals, AssertionError wrong) {
    var text = new StringBuilder("seed " + seed + " " + story.ending + wrong.getMessage());
    story.words.forEach(word -> text.append("\n  ").append(word));
    arrivals.forEach(arrival -> text.append("\n  -> ").append(arrival));
    return new AssertionError(text.toString(), wrong);
  }

  /** All at the end of the story, in any order, some of them twice. */
  private static List<Arrival> heaped(List<RoomChange> words, Broadcast story, Random random) {
    List<RoomChange> heap = new ArrayList<>(words);
    words.stream().filter(word -> random.nextInt(3) == 0).forEach(heap::add);
    Collections.shuffle(heap, random);
    wasAskedBecauseItWasUp(heap, story);
    List<Arrival> arrivals = new ArrayList<>();
    Instant now = Words.at(story.end());
    for (RoomChange word : heap) {
      now = now.plusMillis(random.nextInt(10));
      arrivals.add(new Arrival(now, word));
    }
    return arrivals;
  }

  /**
   * A room that nobody calls live is asked about only when its time to start is over. So a poll of
   * that age is not the first thing that is heard of a stream, if it was a stream.
   */
  private static void wasAskedBecauseItWasUp(List<RoomChange> heap, Broadcast story) {
    if (story.ending == Ending.NEVER_STARTED) {
      return;
    }
    for (int i = 0; i < heap.size(); i++) {
      if (Broadcast.isOfAStream(heap.get(i))) {
        Collections.swap(heap, 0, i);
        return;
      }
    }
  }

  private static RoomChange anything(Random random) {
    String sequence = "p" + random.nextInt(12);
    long at = random.nextInt(1_000);
    return switch (random.nextInt(100)) {
      case 0 -> Words.ends();
      case 1 -> new RoomChange.Replaced();
      default ->
          switch (random.nextInt(6)) {
            case 0 -> Words.saysLive();
            case 1 -> Words.beats();
            case 2 -> Words.began(sequence, at);
            case 3 -> Words.ended(sequence, at);
            case 4 -> Words.ended(sequence, at, at - random.nextInt(100));
            default ->
                new Polled(
                    random.nextInt(60), Words.at(at), StreamState.values()[random.nextInt(3)]);
          };
    };
  }
}
