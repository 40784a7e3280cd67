package io.livehall.service.port;

import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomNews;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What happened to the rooms, in order; and what they are now. */
public interface RoomLog {

  /**
   * All live rooms as they were at one position of the log, which is the result. They are handed
   * over in parts, as they are read; to take a part's rooms is work, for any thread.
   */
  Future<Position> image(Consumer<Supplier<List<Room>>> part);

  /** The entries behind {@code seq}, at most {@code limit}, in order and without a gap. */
  Future<List<RoomNews>> after(long seq, int limit);

  Future<Position> head();
}
