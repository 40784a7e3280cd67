package io.livehall.service.port;

import io.vertx.core.Future;
import java.util.Map;

/** How many open rooms there are, by state. */
public interface RoomCensus {
  Future<Map<String, Long>> openRooms();
}
