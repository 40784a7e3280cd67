package io.livehall.bus;

import io.livehall.service.Counter;
import io.livehall.service.NewsFlash;
import io.livehall.service.Order;
import io.livehall.service.Presence;
import io.livehall.service.Tallies;

/** Everything that is said on the bus, with its types. */
public final class Addresses {
  /** One answers. */
  public record Ask<Q, A>(String name) {}

  /** Everyone who listens hears it; or misses it, since the bus promises nothing. */
  public record Topic<T>(String name) {}

  public static final Ask<Order.Open, Order.Opened> ROOM_OPEN = new Ask<>("room.open");
  public static final Ask<Order.Change, Order.Kept> ROOM_CHANGE = new Ask<>("room.change");
  public static final Ask<Counter.Visits, Counter.Moved> VISITS = new Ask<>("visits");
  public static final Ask<Counter.Touched, Boolean> TOUCHED = new Ask<>("touched");
  public static final Topic<NewsFlash> ROOM_NEWS = new Topic<>("room.news");
  public static final Topic<Tallies> TALLIES = new Topic<>("tallies");
  public static final Topic<Presence> PRESENCE = new Topic<>("presence");

  private Addresses() {}
}
