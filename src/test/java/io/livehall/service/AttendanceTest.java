package io.livehall.service;

import static io.livehall.service.CountingStage.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.service.port.CounterStore.Step;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Who is in a room through sockets: with real counters, and with one that notes what it is told.
 */
class AttendanceTest {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Viewer ADA = viewer("ada");

  private final CountingStage stage = new CountingStage();
  private final RoomId room = stage.open();
  private final Attendance attendance = attendance(stage.counting);
  private final Notes notes = new Notes();
  private long now = -7;

  @Test
  void whoHasTwoTabsIsInTheRoomOnceUntilBothAreClosed() {
    stage.on(() -> attendance.enter(room, ADA));
    stage.on(() -> attendance.enter(room, ADA));
    assertThat(stage.counted(room)).isEqualTo(new Tally(1, 0, 1, 1));

    stage.on(() -> attendance.leave(room, ADA.id()));
    assertThat(stage.counted(room).viewers()).isEqualTo(1);
    assertThat(attendance.size()).isEqualTo(1);
    stage.on(() -> attendance.leave(room, ADA.id()));

    assertThat(stage.counted(room)).isEqualTo(new Tally(0, 0, 1, 1));
    assertThat(attendance.size()).isZero();
  }

  @Test
  void whoLeavesWhileHeStillEntersHasLeft() {
    stage.show(room, 0);

    stage.on(
        () -> {
          Future<Void> entered = attendance.enter(room, ADA);
          return Future.all(entered, attendance.leave(room, ADA.id()));
        });

    assertThat(attendance.size()).isZero();
    assertThat(stage.counted(room)).isEqualTo(new Tally(0, 0, 1, 1));
  }

  @Test
  void whoCouldNotEnterIsNotHeldAndTheOtherTabIs() {
    stage.on(() -> attendance.enter(room, ADA));
    RoomId closed = stage.open();
    stage.close(closed);

    assertRefused(ErrorCode.ROOM_CLOSED, () -> attendance.enter(closed, ADA));
    assertThat(attendance.size()).isEqualTo(1);
    stage.close(room);
    assertRefused(ErrorCode.ROOM_CLOSED, () -> attendance.enter(room, ADA));

    assertThat(attendance.size()).isEqualTo(1);
  }

  @Test
  void leaseIsRenewedWhenAThirdOfItIsOver() {
    Attendance noted = attendance(notes);
    stage.on(() -> noted.enter(room, ADA));
    now += LEASE.toNanos() / 3 - 1;
    renew(noted);
    assertThat(notes.steps()).hasSize(1);

    now += 1;
    renew(noted);
    renew(noted);

    assertThat(notes.steps()).containsExactly(new Step.Enter(ADA), new Step.Renew(ADA.id()));
  }

  @Test
  void renewalThatFailedIsTriedAgainWithTheNextCall() {
    Attendance noted = attendance(notes);
    stage.on(() -> noted.enter(room, ADA));
    now += LEASE.toNanos() / 3;

    notes.refusal = ErrorCode.UNAVAILABLE;
    renew(noted);
    renew(noted);
    notes.refusal = null;
    renew(noted);
    renew(noted);

    assertThat(notes.steps()).hasSize(4).filteredOn(Step.Renew.class::isInstance).hasSize(3);
    assertThat(noted.size()).isEqualTo(1);
  }

  @Test
  void roomThatIsOverNeedsNoLeaseAnyMore() {
    stage.on(() -> attendance.enter(room, ADA));
    stage.close(room);
    now += LEASE.toNanos() / 3;

    renew(attendance);

    Awaitility.await().until(() -> attendance.size() == 0);
  }

  @Test
  void whoseLeaseRanOutNeverthelessEntersAgain() {
    stage.on(() -> attendance.enter(room, ADA));
    stage.visit(room, new Step.Leave(ADA.id()));
    now += LEASE.toNanos() / 3;

    renew(attendance);

    Awaitility.await().until(() -> stage.counted(room).viewers() == 1);
  }

  @Test
  void whoLeftElsewhereAndIsHereTooHasNotLeft() {
    stage.on(() -> attendance.enter(room, ADA));
    stage.visit(room, CountingStage.enter("bob"));
    stage.visit(room, new Step.Leave(ADA.id()));
    stage.visit(room, new Step.Leave(new UserId("bob")));

    Presence presence = stage.counting.presence();
    stage.loop.runOnContext(run -> attendance.hear(presence));

    Awaitility.await().until(() -> stage.counted(room).viewers() == 1);
    assertThat(presence.rooms().get(0).left()).containsExactly(ADA, viewer("bob"));
  }

  @Test
  void viewersOfANodeThatStopsHaveNotLeft() {
    stage.on(() -> attendance.enter(room, ADA));

    attendance.stopping();
    stage.on(() -> attendance.leave(room, ADA.id()));

    assertThat(stage.counted(room).viewers()).isEqualTo(1);
    assertThat(attendance.size()).isZero();
  }

  @Test
  void thoseWhoCameTogetherAreRenewedByAndBy() {
    Attendance noted = attendance(notes);
    stage.show(room, 0);
    List<Viewer> many = IntStream.range(0, 6_000).mapToObj(i -> viewer("u" + i)).toList();
    stage.on(() -> Future.all(many.stream().map(one -> noted.enter(room, one)).toList()));
    notes.visits.clear();
    now += LEASE.toNanos();

    renew(noted);
    assertThat(notes.steps()).hasSize(5_000);
    renew(noted);

    assertThat(notes.steps()).hasSize(6_000).doesNotHaveDuplicates();
  }

  private Attendance attendance(Counter counter) {
    return new Attendance(stage.audience(counter), LEASE, () -> now);
  }

  private void renew(Attendance whose) {
    stage.on(
        () -> {
          whose.renew();
          return Future.succeededFuture();
        });
  }

  private void assertRefused(ErrorCode code, Supplier<Future<Void>> work) {
    assertThatThrownBy(() -> stage.on(work))
        .isInstanceOfSatisfying(LiveException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Notes what it is told, and answers at once. */
  private static final class Notes implements Counter {
    final List<Visit> visits = new ArrayList<>();
    @Nullable ErrorCode refusal;

    List<Step> steps() {
      return visits.stream().map(Visit::step).toList();
    }

    @Override
    public Future<Boolean> touch(Touched touched) {
      return Future.failedFuture("nobody likes here");
    }

    @Override
    public Future<Moved> visit(Visits asked) {
      visits.addAll(asked.visits());
      return Future.succeededFuture(
          new Moved(asked.visits().stream().map(visit -> new Answer(1, refusal)).toList()));
    }
  }
}
