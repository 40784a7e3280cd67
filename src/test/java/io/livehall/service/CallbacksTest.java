package io.livehall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import io.livehall.service.port.CallbackInbox;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallbacksTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private final MemoryInbox inbox = new MemoryInbox();
  private final SlowKeeper keeper = new SlowKeeper();
  private final List<String> counted = new ArrayList<>();
  private final Callbacks callbacks = callbacks(100);

  @Test
  void aLetterIsHeardOnceItIsStoredAndThenActedOn() {
    Promise<Void> disk = inbox.isSlow();

    Future<Void> heard = callbacks.receive(letter("a 1"));
    assertThat(heard.isComplete()).isFalse();
    assertThat(keeper.asked).isEmpty();
    disk.complete();

    assertThat(heard.succeeded()).isTrue();
    assertThat(keeper.asked).containsExactly("a 1");
    keeper.answer();
    assertThat(inbox.states).containsExactly(Map.entry(1L, CallbackInbox.State.DONE));
    assertThat(counted).containsExactly("callbacks ok");
  }

  @Test
  void whatCannotBeStoredIsNeitherHeardNorActedOn() {
    inbox.isSlow().fail(new LiveException(ErrorCode.UNAVAILABLE, "The database is away."));

    Future<Void> heard = callbacks.receive(letter("a 1"));

    assertThat(heard.failed()).isTrue();
    assertThat(keeper.asked).isEmpty();
  }

  @Test
  void moreThanMayWaitIsRefused() {
    inbox.isSlow();
    Callbacks narrow = callbacks(2);
    List<Future<Void>> heard = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      heard.add(narrow.receive(letter("a " + i)));
    }

    assertThat(heard.get(2).isComplete()).isFalse(); // one is being stored, two wait
    assertThat(heard.get(3).cause())
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }

  @Test
  void aStreamWithoutARoomIsUnmatched() {
    callbacks.receive(letter("a 1"));
    keeper.refuse(ErrorCode.ROOM_NOT_FOUND);
    callbacks.receive(letter("foreign"));

    assertThat(inbox.states.values())
        .containsExactly(CallbackInbox.State.UNMATCHED, CallbackInbox.State.UNMATCHED);
    assertThat(counted).containsExactly("callbacks unmatched", "callbacks unmatched");
  }

  @Test
  void whatAsksNothingOfUsIsNoted() {
    callbacks.receive(letter("screenshot"));

    assertThat(keeper.asked).isEmpty();
    assertThat(inbox.states.values()).containsExactly(CallbackInbox.State.NOTED);
    assertThat(counted).containsExactly("callbacks noted");
  }

  @Test
  void aLetterTheKeeperCouldNotTakeIsTakenUpByTheSweep() {
    for (ErrorCode trouble : List.of(ErrorCode.UNAVAILABLE, ErrorCode.TIMEOUT)) {
      callbacks.receive(letter("a 1"));
      keeper.refuse(trouble);
    }
    assertThat(inbox.states.values()).containsOnly(CallbackInbox.State.NEW);
    assertThat(counted).isEmpty();

    Future<Integer> swept = callbacks.sweep();
    keeper.answer();
    keeper.answer();

    assertThat(swept.result()).isEqualTo(2);
    assertThat(inbox.states.values()).containsOnly(CallbackInbox.State.DONE);
  }

  @Test
  void aKeeperThatBreaksLosesNothing() {
    callbacks.receive(letter("a 1"));
    keeper.fail(new IllegalStateException("a bug"));
    assertThat(callbacks.underWay()).isZero();

    callbacks.sweep();
    keeper.answer();

    assertThat(inbox.states.values()).containsExactly(CallbackInbox.State.DONE);
  }

  @Test
  void whatIsBeingActedOnIsNotTakenUpAgain() {
    callbacks.receive(letter("a 1"));

    callbacks.sweep();

    assertThat(keeper.asked).containsExactly("a 1");
  }

  @Test
  void lettersOfAStreamAreActedOnOneAfterTheOtherAndThoseOfOthersMeanwhile() {
    callbacks.receive(letter("a 1"));
    callbacks.receive(letter("a 2"));
    callbacks.receive(letter("b 3"));
    callbacks.receive(letter("a 4"));
    assertThat(keeper.asked).containsExactly("a 1", "b 3");

    keeper.answer();
    assertThat(keeper.asked).containsExactly("a 1", "b 3", "a 2");
    keeper.answer();
    keeper.refuse(ErrorCode.TIMEOUT);
    assertThat(keeper.asked).containsExactly("a 1", "b 3", "a 2", "a 4");
    keeper.answer();

    assertThat(callbacks.underWay()).isZero();
  }

  @Test
  void whatIsTooMuchToActOnWaitsForTheSweep() {
    Callbacks narrow = callbacks(2);
    for (int i = 1; i <= 3; i++) {
      narrow.receive(letter(i + " x"));
    }
    assertThat(keeper.asked).containsExactly("1 x", "2 x");
    keeper.answer();
    keeper.answer();

    narrow.sweep();
    keeper.answer();

    assertThat(inbox.states.values()).containsOnly(CallbackInbox.State.DONE).hasSize(3);
  }

  @Test
  void aSettlementThatFailsIsMadeUpFor() {
    callbacks.receive(letter("a 1"));
    inbox.settleFails = true;
    keeper.answer();
    assertThat(inbox.states.values()).containsExactly(CallbackInbox.State.NEW);
    inbox.settleFails = false;

    callbacks.sweep();
    keeper.answer();

    assertThat(inbox.states.values()).containsExactly(CallbackInbox.State.DONE);
  }

  @Test
  void oldLettersAreForgottenUntilNoneIsLeft() {
    inbox.old = 3;

    assertThat(callbacks.forget().result()).isEqualTo(3);
    assertThat(inbox.forgottenBefore).isEqualTo(NOW.minus(Duration.ofDays(7)));
  }

  private Callbacks callbacks(int queueMax) {
    var settings =
        new Callbacks.Settings(
            queueMax,
            Duration.ofDays(7),
            Clock.fixed(NOW, ZoneOffset.UTC),
            (what, result, times) -> counted.add(what + " " + result));
    return new Callbacks(inbox, keeper, CallbacksTest::read, settings);
  }

  /** A body is a stream and the sequence of a push of it. */
  private static Optional<Order.Change> read(String body) {
    if (body.equals("foreign")) {
      throw new LiveException(ErrorCode.ROOM_NOT_FOUND, "No room can have this stream.");
    }
    String[] words = body.split(" ");
    return words.length < 2
        ? Optional.empty()
        : Optional.of(
            new Order.Change(
                new Order.Target.ByStream(new StreamName(words[0])),
                new RoomChange.PushBegan(words[1], NOW)));
  }

  private static CallbackInbox.Letter letter(String body) {
    return new CallbackInbox.Letter(1, "", body, NOW);
  }

  /** Answers when it is told to, in the order in which it was asked. */
  private static final class SlowKeeper implements Keeper {
    private final List<String> asked = new ArrayList<>();
    private final ArrayDeque<Promise<Order.Kept>> answers = new ArrayDeque<>();

    @Override
    public Future<Order.Opened> open(Order.Open order) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Order.Kept> change(Order.Change order) {
      var stream = (Order.Target.ByStream) order.target();
      asked.add(stream.stream() + " " + ((RoomChange.PushBegan) order.change()).sequence());
      answers.add(Promise.promise());
      return answers.getLast().future();
    }

    private void answer() {
      Host host = new Host(new UserId("anna"), null, null);
      RoomInfo info = new RoomInfo("t", null, null, List.of());
      Room room = Room.open(RoomId.random(), new StreamName("s"), host, info, NOW);
      answers.remove().complete(new Order.Kept(room, 0));
    }

    private void refuse(ErrorCode code) {
      fail(new LiveException(code, "no"));
    }

    private void fail(Throwable trouble) {
      answers.remove().fail(trouble);
    }
  }
}
