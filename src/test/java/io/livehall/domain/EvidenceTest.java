package io.livehall.domain;

import static io.livehall.domain.Words.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.Evidence.Poll;
import io.livehall.domain.Evidence.Push;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static final int STORIES = 2_000;

  @Test
  void sameWordsMakeTheSameEvidenceInWhateverOrderAndHoweverOften() {
    for (long seed = 0; seed < STORIES; seed++) {
      var random = new Random(seed);
      List<UnaryOperator<Evidence>> words = words(random);

      Evidence inOrder = all(words);
      List<UnaryOperator<Evidence>> disordered = new ArrayList<>(words);
      words.stream().filter(word -> random.nextBoolean()).forEach(disordered::add);
      Collections.shuffle(disordered, random);

      assertThat(all(disordered)).as("seed " + seed).isEqualTo(inOrder);
    }
  }

  @Test
  void keepsNoMoreThanItNeeds() {
    Evidence evidence = Evidence.NONE;
    for (int i = 0; i < 100; i++) {
      evidence =
          evidence
              .poll(new Poll(i, at(i), StreamState.UNKNOWN))
              .push(new Push("p" + i, at(i), at(i + 1)));
    }

    assertThat(evidence.misses()).hasSize(Evidence.KEPT);
    assertThat(evidence.pushes()).hasSize(Evidence.KEPT);
    assertThat(evidence.currentPush()).isEqualTo(new Push("p99", at(99), at(100)));
  }

  @Test
  void forgottenPushThatIsToldOfAgainStaysTheOldest() {
    Evidence evidence = Evidence.NONE;
    for (int i = 0; i < 20; i++) {
      evidence = evidence.push(new Push("p" + i, at(i), at(i + 1)));
    }

    assertThat(evidence.push(new Push("p0", at(0), null))).isEqualTo(evidence);
  }

  @Test
  void pushOfUnknownBeginningIsNotTheCurrentOne() {
    Evidence evidence =
        Evidence.NONE.push(new Push("b", null, at(50))).push(new Push("a", at(20), null));

    assertThat(evidence.currentPush()).isEqualTo(new Push("a", at(20), null));
    assertThat(evidence.isBroken()).isFalse();
  }

  private static Evidence all(List<UnaryOperator<Evidence>> words) {
    Evidence evidence = Evidence.NONE;
    for (UnaryOperator<Evidence> word : words) {
      evidence = word.apply(evidence);
    }
    return evidence;
  }

  /** What could be said of one stream: pushes one after the other, polls, and the host's words. */
  private static List<UnaryOperator<Evidence>> words(Random random) {
    List<UnaryOperator<Evidence>> words = new ArrayList<>();
    long time = 0;
    for (int i = 1 + random.nextInt(7); i > 0; i--) {
      String sequence = "p" + i;
      long from = time += 1 + random.nextInt(20);
      long until = time += 1 + random.nextInt(60);
      boolean tellsItsLength = random.nextBoolean();
      words.add(e -> e.push(new Push(sequence, at(from), null)));
      words.add(e -> e.push(new Push(sequence, tellsItsLength ? at(from) : null, at(until))));
    }
    for (int number = 1; number * 10 <= time; number++) {
      var poll = new Poll(number, at(number * 10L), StreamState.values()[random.nextInt(3)]);
      words.add(e -> e.poll(poll));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      long said = random.nextInt((int) time);
      words.add(e -> e.saidLive(at(said)));
      words.add(e -> e.beat(at(said + 5)));
    }
    return words;
  }
}
