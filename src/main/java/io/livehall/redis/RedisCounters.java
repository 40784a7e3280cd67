package io.livehall.redis;

import io.livehall.domain.Heat;
import io.livehall.domain.RoomId;
import io.livehall.domain.Tally;
import io.livehall.domain.Viewer;
import io.livehall.service.port.CounterStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The counters in Redis. The keys of a room share a hash tag, so that they are on one node of a
 * Redis Cluster:
 *
 * <pre>
 *   live:{ROOM}:n   hash    likes (total + 2^50, negative once it is closed), visits, peak, seq, warm, ...
 *   live:{ROOM}:v   zset    everyone who was ever in the room -> the end of his lease; 0 when he has left
 *   live:{ROOM}:m   stream  who is in the room, with name and avatar
 *   live:{ROOM}:b   zset    who liked of late -> when he has all of his likes again
 * </pre>
 *
 * A total begins at 2^50, so that one plain HINCRBY adds likes and its answer tells whether the
 * room was known: what was added to nothing, or to a closed room, is answered to nobody.
 */
public final class RedisCounters implements CounterStore {
  /** So long it is known of a room that it is closed; everyone knows by then. */
  private static final int SEALED_FOR_SECONDS = 86_400;

  private static final int LOOKS_AT_ONCE = 50;

  /** A room that was sealed, and is still open so long after, did not close. */
  private static final int UNSEALED_AFTER_SECONDS = 10;

  private final RedisLine line;
  private final Terms terms;

  /**
   * @param leaseFor how long a viewer is in a room without a word
   * @param likesPerSecond how many likes a user may give to one room, in the long run
   * @param likesAtOnce how many of them he may give at once
   * @param allowance how many at most a user is allowed beyond what he asked for
   * @param timeout how long an answer is waited for
   */
  public record Terms(
      Duration leaseFor, int likesPerSecond, int likesAtOnce, int allowance, Duration timeout) {}

  public RedisCounters(Vertx vertx, RedisOptions options, Terms terms) {
    this.line = new RedisLine(vertx, options, terms.timeout());
    this.terms = terms;
  }

  public Future<Void> ping() {
    return line.ping();
  }

  public Future<Void> close() {
    return line.close();
  }

  @Override
  public Future<Void> reached() {
    return line.begun();
  }

  @Override
  public Future<List<Liked>> like(List<Likes> rooms) {
    return each(
        rooms,
        room -> room.asked().isEmpty() ? adding(room) : asking(room),
        (room, answer) -> Replies.liked(room.asked().isEmpty(), answer));
  }

  private static Request adding(Likes room) {
    return Request.cmd(Command.HINCRBY).arg(key(room.room(), 'n')).arg("likes").arg(room.allowed());
  }

  private Request asking(Likes room) {
    Request request =
        Scripts.LIKE
            .call(2)
            .arg(key(room.room(), 'n'))
            .arg(key(room.room(), 'b'))
            .arg(Double.toString(1000.0 / terms.likesPerSecond()))
            .arg(terms.likesAtOnce())
            .arg(terms.allowance())
            .arg(room.allowed());
    for (Asked asked : room.asked()) {
      request.arg(asked.user().value()).arg(asked.likes()).arg(asked.owed());
    }
    return request;
  }

  @Override
  public Future<List<Visited>> visit(List<Visits> rooms) {
    return each(rooms, this::visiting, Replies::visited);
  }

  private Request visiting(Visits visits) {
    Request request = withKeys(Scripts.VISIT, visits.room()).arg(terms.leaseFor().toSeconds());
    for (Step step : visits.steps()) {
      if (step instanceof Step.Enter enter) {
        Viewer viewer = enter.viewer();
        request.arg("E").arg(viewer.id().value());
        request.arg(orEmpty(viewer.name())).arg(orEmpty(viewer.avatarUrl()));
      } else {
        request.arg(step instanceof Step.Renew ? "R" : "X").arg(step.user().value());
      }
    }
    return request;
  }

  @Override
  public Future<List<Look>> look(List<RoomId> rooms, int goneMax) {
    return lookOn(rooms, goneMax, new ArrayList<>(rooms.size()));
  }

  /** Some after the others: whoever else asks Redis for something does not wait for all of them. */
  private Future<List<Look>> lookOn(List<RoomId> rooms, int goneMax, List<Look> looks) {
    int to = Math.min(looks.size() + LOOKS_AT_ONCE, rooms.size());
    return looks.size() == to
        ? Future.succeededFuture(looks)
        : each(
                rooms.subList(looks.size(), to),
                room -> looking(room, goneMax),
                (room, answer) -> Replies.looked(answer))
            .compose(
                some -> {
                  looks.addAll(some);
                  return lookOn(rooms, goneMax, looks);
                });
  }

  private Request looking(RoomId room, int goneMax) {
    return withKeys(Scripts.LOOK, room)
        .arg(terms.leaseFor().toSeconds())
        .arg(Heat.HALF_LIFE.toSeconds())
        .arg(goneMax);
  }

  @Override
  public Future<Map<RoomId, Tally>> seal(Collection<RoomId> rooms) {
    List<RoomId> ids = List.copyOf(rooms);
    return each(
            ids,
            room -> withKeys(Scripts.SEAL, room).arg(SEALED_FOR_SECONDS),
            (room, answer) -> answer)
        .compose(answers -> Future.all(answers).map(answers))
        .map(
            answers -> {
              var tallies = new HashMap<RoomId, Tally>();
              for (int i = 0; i < ids.size(); i++) {
                RoomId id = ids.get(i);
                Replies.last(answers.get(i).result()).ifPresent(last -> tallies.put(id, last));
              }
              return tallies;
            });
  }

  @Override
  public Future<Void> raise(Map<RoomId, Tally> rooms) {
    return each(
            List.copyOf(rooms.entrySet()),
            room ->
                withKeys(Scripts.RAISE, room.getKey())
                    .arg(room.getValue().likes())
                    .arg(room.getValue().visits())
                    .arg(room.getValue().peakViewers())
                    .arg(UNSEALED_AFTER_SECONDS),
            (room, answer) -> answer)
        .compose(Future::all)
        .mapEmpty();
  }

  @Override
  public Future<Members> members(RoomId room, long before, int limit) {
    Request request =
        withKeys(Scripts.MEMBERS, room).arg(before <= 0 ? "+" : Long.toString(before)).arg(limit);
    return line.send(request).map(Replies::members);
  }

  /** One request and one answer for each; that some fail does not fail the others. */
  private <Q, A> Future<List<A>> each(
      List<Q> asked, Function<Q, Request> request, Answering<Q, A> answering) {
    List<Request> requests = new ArrayList<>(asked.size());
    asked.forEach(one -> requests.add(request.apply(one)));
    return line.send(requests)
        .map(
            answers -> {
              List<A> all = new ArrayList<>(asked.size());
              for (int i = 0; i < asked.size(); i++) {
                all.add(answering.answer(asked.get(i), answers.get(i)));
              }
              return all;
            });
  }

  private interface Answering<Q, A> {
    A answer(Q asked, Future<Response> answer);
  }

  private static Request withKeys(Scripts script, RoomId room) {
    Request request = script.call(4);
    for (char kind : new char[] {'n', 'v', 'm', 'b'}) {
      request.arg(key(room, kind));
    }
    return request;
  }

  private static String key(RoomId room, char kind) {
    return "live:{" + room.value() + "}:" + kind;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
