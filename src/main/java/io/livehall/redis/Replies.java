package io.livehall.redis;

import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.service.port.CounterStore.Done;
import io.livehall.service.port.CounterStore.Grant;
import io.livehall.service.port.CounterStore.Liked;
import io.livehall.service.port.CounterStore.Look;
import io.livehall.service.port.CounterStore.Members;
import io.livehall.service.port.CounterStore.State;
import io.livehall.service.port.CounterStore.Step;
import io.livehall.service.port.CounterStore.Visited;
import io.livehall.service.port.CounterStore.Visits;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the scripts answer, as each of them says in its file. */
final class Replies {
  /** A total begins here, so that what was added to nothing is told from what was counted. */
  private static final long BASE = 1L << 50;

  private Replies() {}

  /** To one HINCRBY; and to the script, of those who had to be asked about. */
  static Liked liked(boolean isSum, Future<Response> answer) {
    State state = state(answer, isSum);
    var granted = new ArrayList<Grant>();
    if (state == State.COUNTED && !isSum) {
      Response all = answer.result();
      for (int i = 1; i < all.size(); i += 3) {
        granted.add(
            new Grant(
                all.get(i).toInteger(), all.get(i + 1).toInteger(), all.get(i + 2).toInteger()));
      }
    }
    return new Liked(state, granted);
  }

  static Visited visited(Visits asked, Future<Response> answer) {
    State state = state(answer, false);
    if (state != State.COUNTED) {
      return new Visited(state, Tally.ZERO, List.of());
    }
    Response all = answer.result();
    var done = new ArrayList<Done>(asked.steps().size());
    for (int i = 0; i < asked.steps().size(); i++) {
      done.add(done(asked.steps().get(i), all.get(i + 4)));
    }
    return new Visited(state, tally(all), done);
  }

  private static Done done(Step step, Response answer) {
    if (step instanceof Step.Enter) {
      return new Done(answer.toInteger() > 0, true, null);
    } else if (step instanceof Step.Renew) {
      return new Done(false, answer.toInteger() > 0, null);
    }
    Viewer left = answer.type() == ResponseType.MULTI ? viewer(answer) : null;
    return new Done(left != null, false, left);
  }

  static Look looked(Future<Response> answer) {
    State state = state(answer, false);
    if (state != State.COUNTED) {
      return new Look(state, Tally.ZERO, 0, List.of());
    }
    Response all = answer.result();
    return new Look(state, tally(all), all.get(4).toLong(), viewers(all, 5));
  }

  /** Of a room that closes; empty if it is not known. */
  static Optional<Tally> last(@Nullable Response all) {
    return Optional.ofNullable(all)
        .map(
            known ->
                new Tally(0, known.get(0).toLong(), known.get(2).toLong(), known.get(1).toLong()));
  }

  static Members members(Response all) {
    long last = all.get(1).toLong();
    return new Members(
        viewers(all, 2), all.get(0).toLong(), last == 0 ? Optional.empty() : Optional.of(last));
  }

  private static State state(Future<Response> answer, boolean isSum) {
    if (answer.failed()) {
      return State.AWAY;
    }
    Response all = answer.result();
    long total = isSum ? all.toLong() : all.get(0).toLong();
    return total >= BASE ? State.COUNTED : total < 0 ? State.SEALED : State.UNKNOWN;
  }

  private static Tally tally(Response all) {
    return new Tally(
        all.get(3).toLong(), all.get(0).toLong() - BASE, all.get(2).toLong(), all.get(1).toLong());
  }

  private static List<Viewer> viewers(Response all, int from) {
    var viewers = new ArrayList<Viewer>();
    for (int i = from; i < all.size(); i++) {
      viewers.add(viewer(all.get(i)));
    }
    return viewers;
  }

  /** An entry of the stream: u, the user, n, his name, a, his avatar. */
  private static Viewer viewer(Response entry) {
    return new Viewer(
        new UserId(entry.get(1).toString()), orNull(entry.get(3)), orNull(entry.get(5)));
  }

  private static @Nullable String orNull(Response text) {
    String value = text.toString();
    return value.isEmpty() ? null : value;
  }
}
