package io.livehall.postgres;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.service.port.CallbackInbox.Letter;
import io.livehall.service.port.CallbackInbox.State;
import io.livehall.service.port.CallbackInbox.Waiting;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresInboxTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration HOLD = Duration.ofSeconds(5);

  private final Postgres postgres = TestStores.migratedDatabase();
  private final PostgresInbox inbox = at(NOW);

  @Test
  void lettersAreKeptAsTheyCameAndNumberedInTheirOrder() {
    List<Letter> letters =
        List.of(
            new Letter(1, "8888_a", "{\"x\":\"直播 \\\" , {}\"}", NOW.minusSeconds(20)),
            new Letter(100, "", "{}", NOW.minusSeconds(30)));

    List<Long> ids = await(inbox.store(letters));

    assertThat(ids).hasSize(2).isSorted();
    assertThat(await(inbox.claim(10, HOLD)))
        .containsExactly(
            new Waiting(ids.get(0), letters.get(0).body()), new Waiting(ids.get(1), "{}"));
  }

  @Test
  void aFreshLetterIsLeftToTheNodeThatTookIt() {
    await(inbox.store(List.of(letter("fresh", NOW.minusSeconds(4)))));

    assertThat(await(inbox.claim(10, HOLD))).isEmpty();
    assertThat(await(at(NOW.plusSeconds(2)).claim(10, HOLD))).hasSize(1);
  }

  @Test
  void aClaimHoldsForItsTimeAndThenRunsOut() {
    await(inbox.store(List.of(letter("x", NOW.minusSeconds(60)))));

    assertThat(await(inbox.claim(10, HOLD))).hasSize(1);
    assertThat(await(at(NOW.plusSeconds(5)).claim(10, HOLD))).isEmpty();
    assertThat(await(at(NOW.plusSeconds(6)).claim(10, HOLD))).hasSize(1);
  }

  @Test
  void whatIsSettledIsNotClaimedAndStaysAsItWasSettled() {
    List<Long> ids =
        await(
            inbox.store(
                List.of(
                    letter("a", NOW.minusSeconds(60)),
                    letter("b", NOW.minusSeconds(60)),
                    letter("c", NOW.minusSeconds(60)),
                    letter("d", NOW.minusSeconds(60)))));

    await(
        inbox.settle(
            Map.of(ids.get(0), State.DONE, ids.get(1), State.UNMATCHED, ids.get(2), State.NOTED)));
    await(inbox.settle(Map.of(ids.get(0), State.UNMATCHED)));

    assertThat(await(inbox.claim(10, HOLD))).extracting(Waiting::id).containsExactly(ids.get(3));
    assertThat(states()).containsExactly("done", "unmatched", "noted", "new");
  }

  @Test
  void nodesThatClaimAtOnceGetEachLetterOnce() {
    await(
        inbox.store(
            IntStream.range(0, 200).mapToObj(i -> letter("x" + i, NOW.minusSeconds(60))).toList()));

    List<Future<List<Waiting>>> claims =
        IntStream.range(0, 20).mapToObj(i -> at(NOW).claim(10, HOLD)).toList();
    await(Future.join(claims));

    List<Long> ids = new ArrayList<>();
    claims.forEach(claim -> claim.result().forEach(letter -> ids.add(letter.id())));
    ids.addAll(await(inbox.claim(200, HOLD)).stream().map(Waiting::id).toList());
    assertThat(ids).doesNotHaveDuplicates().hasSize(200);
  }

  @Test
  void oldLettersAreForgotten() {
    await(
        inbox.store(
            List.of(letter("old", NOW.minusSeconds(7200)), letter("new", NOW.minusSeconds(60)))));

    assertThat(await(inbox.forget(NOW.minusSeconds(3600)))).isEqualTo(1);
    assertThat(await(inbox.forget(NOW.minusSeconds(3600)))).isZero();
    assertThat(await(inbox.claim(10, HOLD))).extracting(Waiting::body).containsExactly("new");
  }

  private PostgresInbox at(Instant now) {
    return new PostgresInbox(postgres, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Letter letter(String body, Instant at) {
    return new Letter(1, "8888_a", body, at);
  }

  private List<String> states() {
    List<String> states = new ArrayList<>();
    await(postgres.with(pool -> pool.query("select state from callback order by id").execute()))
        .forEach(row -> states.add(row.getString("state")));
    return states;
  }
}
