package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.RoomId;
import io.livehall.service.port.CounterStore.Step;
import io.vertx.core.Future;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who counts viewers, and tells everyone what was counted. Asked here, or over the bus where this
 * node counts nothing; of many things at once, since one by one would cost more than counting them.
 */
public interface Counter {
  Future<Moved> visit(Visits visits);

  /** Likes of these rooms were written down: what they have now is to be told, and kept. */
  Future<Boolean> touch(Touched touched);

  record Visits(List<Visit> visits) implements Serializable {}

  record Visit(RoomId room, Step step) implements Serializable {}

  record Touched(List<RoomId> rooms) implements Serializable {}

  /** One for each visit, in order: 1 where he is in the room now, 0 where he is not. */
  record Moved(List<Answer> answers) implements Serializable {}

  /**
   * @param number what was asked for; counts only where nothing was refused
   * @param refused why nothing was done
   */
  record Answer(int number, @Nullable ErrorCode refused) implements Serializable {
    static Answer of(int number) {
      return new Answer(number, null);
    }

    static Answer refused(ErrorCode why) {
      return new Answer(0, why);
    }
  }
}
