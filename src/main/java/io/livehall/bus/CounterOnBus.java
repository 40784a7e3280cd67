package io.livehall.bus;

import io.livehall.service.Counter;
import io.vertx.core.Future;

/** Who counts, wherever it is. */
public final class CounterOnBus implements Counter {
  private final LiveBus bus;

  public CounterOnBus(LiveBus bus) {
    this.bus = bus;
  }

  @Override
  public Future<Moved> visit(Visits visits) {
    return bus.ask(Addresses.VISITS, visits);
  }

  @Override
  public Future<Boolean> touch(Touched touched) {
    return bus.ask(Addresses.TOUCHED, touched);
  }
}
