package io.livehall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.CloseReason;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.Evidence;
import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.service.port.StreamCloud;
import io.livehall.service.port.WatchList;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PollsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration POLL_EVERY = Duration.ofSeconds(10);

  private final Watched watched = new Watched();
  private final Cloud cloud = new Cloud();
  private final List<Order.Change> told = new ArrayList<>();
  private final List<String> counted = new ArrayList<>();
  private Function<Order.Change, Future<Order.Kept>> keeping = order -> kept(order, RoomState.LIVE);
  private final Polls polls =
      new Polls(
          new Polls.Ports(watched, cloud, new Told()),
          new Polls.Pace(POLL_EVERY, 10, Duration.ofSeconds(30), 2),
          Clock.fixed(NOW, ZoneOffset.UTC),
          (what, result, times) -> counted.add(what + " " + result));

  @Test
  void theKeeperIsToldWhatTheCloudSays() {
    WatchList.Claim claim = watched.due(1).get(0);

    polls.round();
    cloud.answer(claim, StreamState.DOWN);

    assertThat(told)
        .containsExactly(
            new Order.Change(
                new Order.Target.ById(claim.room()),
                new RoomChange.Polled(claim.number(), NOW, StreamState.DOWN)));
    assertThat(counted).containsExactly("polls down");
    assertThat(polls.underWay()).isZero();
  }

  @Test
  void anOpenRoomIsDueAgainAfterTheUsualTimeMoreOrLess() {
    List<WatchList.Claim> claims = watched.due(8);

    polls.round();
    claims.forEach(claim -> cloud.answer(claim, StreamState.UP));

    assertThat(watched.settled).containsOnlyKeys(claims);
    assertThat(watched.settled.values())
        .allSatisfy(due -> assertThat(due).isBetween(NOW.plusSeconds(9), NOW.plusSeconds(11)));
    assertThat(watched.settled.values().stream().distinct().count()).isGreaterThan(1);
  }

  @Test
  void aRoomThatClosedIsNotAskedAboutAgain() {
    WatchList.Claim claim = watched.due(1).get(0);
    keeping = order -> kept(order, RoomState.CLOSED);

    polls.round();
    cloud.answer(claim, StreamState.DOWN);

    assertThat(told).hasSize(1);
    assertThat(watched.settled).isEmpty();
  }

  @Test
  void whatTheKeeperDidNotHearIsLeftToRunOut() {
    WatchList.Claim claim = watched.due(1).get(0);
    keeping = order -> Future.failedFuture(new LiveException(ErrorCode.TIMEOUT, "late"));

    polls.round();
    cloud.answer(claim, StreamState.DOWN);

    assertThat(watched.settled).isEmpty();
    assertThat(polls.underWay()).isZero();
  }

  @Test
  void aCloudThatBreaksSaysNothing() {
    WatchList.Claim claim = watched.due(1).get(0);

    polls.round();
    cloud.fail(claim);

    assertThat(told)
        .extracting(Order.Change::change)
        .containsExactly(new RoomChange.Polled(claim.number(), NOW, StreamState.UNKNOWN));
    assertThat(counted).containsExactly("polls unknown");
  }

  @Test
  void onlySoManyQuestionsAreUnderWayAtOnce() {
    List<WatchList.Claim> claims = watched.due(6);

    polls.round();
    assertThat(cloud.questions.keySet())
        .containsExactly(claims.get(0).stream(), claims.get(1).stream());
    cloud.answer(claims.get(1), StreamState.UP);

    assertThat(cloud.questions.keySet())
        .containsExactly(claims.get(0).stream(), claims.get(2).stream());
    assertThat(polls.underWay()).isEqualTo(5);
  }

  @Test
  void noMoreIsClaimedThanCanBeAsked() {
    watched.due(20);

    assertThat(polls.round().result()).isEqualTo(8); // four for each of two questions
    assertThat(polls.round().result()).isZero();
    assertThat(watched.claims).isEqualTo(1);
  }

  @Test
  void roundsDoNotOverlap() {
    Promise<List<WatchList.Claim>> slow = Promise.promise();
    watched.answer = slow.future();
    Future<Integer> first = polls.round();

    assertThat(polls.round().result()).isZero();
    slow.fail(new LiveException(ErrorCode.UNAVAILABLE, "away"));
    assertThat(first.failed()).isTrue();

    watched.answer = null;
    watched.due(1);
    assertThat(polls.round().result()).isEqualTo(1);
  }

  private Future<Order.Kept> kept(Order.Change order, RoomState state) {
    RoomId id = ((Order.Target.ById) order.target()).id();
    boolean isClosed = state == RoomState.CLOSED;
    Room room =
        new Room(
            id,
            new StreamName("s"),
            new Host(new UserId("anna"), null, null),
            new RoomInfo("t", null, null, List.of()),
            state,
            isClosed ? CloseReason.STREAM_LOST : null,
            NOW,
            NOW,
            isClosed ? NOW : null,
            2,
            Tally.ZERO,
            Evidence.NONE);
    return Future.succeededFuture(new Order.Kept(room, 0));
  }

  private final class Told implements Keeper {
    @Override
    public Future<Order.Opened> open(Order.Open order) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Order.Kept> change(Order.Change order) {
      told.add(order);
      return keeping.apply(order);
    }
  }

  /** Answers when it is told to. */
  private static final class Cloud implements StreamCloud {
    private final Map<StreamName, Promise<StreamState>> questions = new LinkedHashMap<>();

    @Override
    public Future<StreamState> state(StreamName stream) {
      return questions.computeIfAbsent(stream, name -> Promise.promise()).future();
    }

    private void answer(WatchList.Claim claim, StreamState says) {
      questions.remove(claim.stream()).complete(says);
    }

    private void fail(WatchList.Claim claim) {
      questions.remove(claim.stream()).fail("broken");
    }

    @Override
    public Future<Void> forbid(StreamName stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> resume(StreamName stream) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Watched implements WatchList {
    private final List<Claim> due = new ArrayList<>();
    private final Map<Claim, Instant> settled = new HashMap<>();
    private int claims;
    private Future<List<Claim>> answer;

    private List<Claim> due(int rooms) {
      for (int i = 1; i <= rooms; i++) {
        RoomId room = RoomId.random();
        StreamName stream = StreamName.ofRoom("8888", room);
        due.add(new Claim(room, stream, RoomState.LIVE, i, NOW.plusSeconds(30)));
      }
      return List.copyOf(due);
    }

    @Override
    public Future<List<Claim>> claim(int limit, Duration hold) {
      if (answer != null) {
        return answer;
      }
      claims++;
      List<Claim> taken = List.copyOf(due.subList(0, Math.min(limit, due.size())));
      due.removeAll(taken);
      return Future.succeededFuture(taken);
    }

    @Override
    public Future<Void> settle(Map<Claim, Instant> dueAt) {
      settled.putAll(dueAt);
      return Future.succeededFuture();
    }
  }
}
