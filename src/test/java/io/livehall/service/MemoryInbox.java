package io.livehall.service;

import io.livehall.service.port.CallbackInbox;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps letters in memory; every letter that is new can be claimed. */
final class MemoryInbox implements CallbackInbox {
  private final Map<Long, String> bodies = new TreeMap<>();
  final Map<Long, State> states = new TreeMap<>();
  private Future<Void> disk = Future.succeededFuture();
  boolean settleFails;
  int old;
  Instant forgottenBefore = Instant.EPOCH;

  /** From now on letters are stored when the promise is kept. */
  Promise<Void> isSlow() {
    Promise<Void> promise = Promise.promise();
    disk = promise.future();
    return promise;
  }

  @Override
  public Future<List<Long>> store(List<Letter> letters) {
    return disk.map(
        stored -> {
          List<Long> ids = new ArrayList<>();
          for (Letter letter : letters) {
            long id = bodies.size() + 1L;
            bodies.put(id, letter.body());
            states.put(id, State.NEW);
            ids.add(id);
          }
          return ids;
        });
  }

  @Override
  public Future<List<Waiting>> claim(int limit, Duration hold) {
    return Future.succeededFuture(
        bodies.entrySet().stream()
            .filter(letter -> states.get(letter.getKey()) == State.NEW)
            .limit(limit)
            .map(letter -> new Waiting(letter.getKey(), letter.getValue()))
            .toList());
  }

  @Override
  public Future<Void> settle(Map<Long, State> settled) {
    if (settleFails) {
      return Future.failedFuture("the database is away");
    }
    states.putAll(settled);
    return Future.succeededFuture();
  }

  @Override
  public Future<Integer> forget(Instant before) {
    forgottenBefore = before;
    return Future.succeededFuture(old-- > 0 ? 1 : 0);
  }
}
