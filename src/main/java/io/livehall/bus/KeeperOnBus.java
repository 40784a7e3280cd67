package io.livehall.bus;

import io.livehall.service.Keeper;
import io.livehall.service.Order;
import io.vertx.core.Future;

/** The keeper, wherever it is. */
public final class KeeperOnBus implements Keeper {
  private final LiveBus bus;

  public KeeperOnBus(LiveBus bus) {
    this.bus = bus;
  }

  @Override
  public Future<Order.Opened> open(Order.Open order) {
    return bus.ask(Addresses.ROOM_OPEN, order);
  }

  @Override
  public Future<Order.Kept> change(Order.Change order) {
    return bus.ask(Addresses.ROOM_CHANGE, order);
  }
}
