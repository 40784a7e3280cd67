package io.livehall.protocol.push;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.Likes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one user likes through one socket. Of each room one lot is counted at a time; what comes
 * meanwhile is added up, and goes with the next. So each like is answered, many of them together.
 * Belongs to the socket's loop.
 */
final class Applause {
  /** After a refusal likes wait so long: a flood of them makes no flood of refusals. */
  private static final long PAUSE_MS = 100;

  private final PushSocket socket;
  private final PushLoop loop;
  private final UserId user;
  private final Likes likes;
  private final Map<RoomId, Lot> lotByRoom = new HashMap<>();
  private @Nullable ByteBuf answers;
  private int answered;

  Applause(PushSocket socket, PushLoop loop, UserId user) {
    this.socket = socket;
    this.loop = loop;
    this.user = user;
    this.likes = loop.reception().counts().likes();
  }

  void like(RoomId room, int count) {
    Lot lot = lotByRoom.get(room);
    if (lot == null) {
      lot = new Lot(room);
      lotByRoom.put(room, lot);
      lot.give(count);
    } else {
      lot.waiting += count;
    }
  }

  /** The likes of one room: some under way, or held back, and those that wait for it. */
  private final class Lot {
    private final RoomId room;
    private int waiting;

    private Lot(RoomId room) {
      this.room = room;
    }

    private void give(int count) {
      loop.ask(() -> likes.like(room, user, count), taken -> counted(count, taken), this::refused);
    }

    private void counted(int count, int taken) {
      answer(room, taken);
      if (taken < count) {
        refused(new LiveException(ErrorCode.RATE_LIMITED, "That were too many likes at once."));
      } else {
        goOn();
      }
    }

    /** What waits would fare no better, and is refused with it. */
    private void refused(LiveException why) {
      waiting = 0;
      tellAnswers();
      socket.say(Frames.error(Refusal.ofRoom(why, room)), "error");
      loop.eventLoop().schedule(this::goOn, PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    private void goOn() {
      int count = Math.min(waiting, Likes.COUNT_MAX);
      if (count == 0 || socket.isClosing()) {
        lotByRoom.remove(room);
      } else {
        waiting -= count;
        give(count);
      }
    }
  }

  /** Likes of many rooms are counted at once: their answers leave together, when all are there. */
  private void answer(RoomId room, int count) {
    ByteBuf others = answers;
    if (others == null) {
      others = PooledByteBufAllocator.DEFAULT.directBuffer();
      answers = others;
      loop.eventLoop().execute(this::tellAnswers);
    }
    Frames.liked(others, room, count);
    answered++;
  }

  private void tellAnswers() {
    ByteBuf all = answers;
    if (all != null) {
      if (socket.send(all)) {
        loop.reception().figures().count("push.frames", "liked", answered);
      }
      all.release();
      answers = null;
      answered = 0;
    }
  }
}
