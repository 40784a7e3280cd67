package io.livehall.service;

import static io.livehall.TestStores.await;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** What became of a future. */
final class Outcomes {
  private Outcomes() {}

  static void settled(List<? extends Future<?>> futures) {
    await(Future.join(new ArrayList<>(futures)).otherwiseEmpty());
  }

  static ErrorCode codeOf(Future<?> future) {
    return failure(future).code();
  }

  static LiveException failure(Future<?> future) {
    try {
      await(future);
    } catch (LiveException refused) {
      return refused;
    }
    throw new AssertionError("it was accepted");
  }
}
