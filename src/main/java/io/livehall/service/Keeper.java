package io.livehall.service;

import io.vertx.core.Future;

/** Who writes rooms. Asked here, or over the bus where this node keeps none. */
public interface Keeper {
  Future<Order.Opened> open(Order.Open order);

  Future<Order.Kept> change(Order.Change order);
}
