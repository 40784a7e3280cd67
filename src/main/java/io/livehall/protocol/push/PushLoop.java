package io.livehall.protocol.push;

import io.livehall.domain.LiveException;
import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.ListedRoom;
import io.livehall.hall.View;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All sockets of one event loop, and who of them looks at what. Belongs to that loop; what others
 * may call says so.
 */
public final class PushLoop {
  /** So long a node that stops waits for the close of who was closed. */
  private static final long ANSWERED_WITHIN = TimeUnit.MILLISECONDS.toNanos(500);

  private final ContextInternal context;
  private final NewsDesk desk;
  private final Reception reception;
  private final Map<Object, Row> rowByWhat = new HashMap<>();
  private final List<PushSocket> sockets = new ArrayList<>();
  private final Set<PushSocket> watching = new HashSet<>();
  private final AtomicInteger undelivered = new AtomicInteger();

  public PushLoop(ContextInternal context, NewsDesk desk, Reception reception) {
    this.context = context;
    this.desk = desk;
    this.reception = reception;
  }

  EventLoop eventLoop() {
    return context.nettyEventLoop();
  }

  Reception reception() {
    return reception;
  }

  String epoch() {
    return desk.epoch();
  }

  /** Whether what it was given last is still being written. Any thread may ask. */
  boolean isBusy() {
    return undelivered.get() > 0;
  }

  // --- the sockets

  void arrive(PushSocket socket) {
    socket.place = sockets.size();
    sockets.add(socket);
  }

  void depart(PushSocket socket) {
    PushSocket last = sockets.remove(sockets.size() - 1);
    if (last != socket) {
      sockets.set(socket.place, last);
      last.place = socket.place;
    }
    watching.remove(socket);
  }

  Seat seat(PushSocket socket, Object what, Seat.Kind kind) {
    Row row = rowByWhat.computeIfAbsent(what, absent -> new Row(absent, this));
    return new Seat(socket, row, kind);
  }

  void join(Seat seat, @Nullable Position since) {
    await(seat);
    if (seat.row.what() instanceof View view) {
      desk.join(view, since, seat);
    } else {
      desk.join((RoomId) seat.row.what(), seat);
    }
  }

  void watch(PushSocket socket, List<Seat> seats) {
    watching.add(socket);
    seats.forEach(PushLoop::await);
    desk.watch(seats);
  }

  void leave(Seat seat) {
    seat.row.unseat(seat);
    dropIfEmpty(seat.row);
  }

  /**
   * Asks a service. It is asked as the verticle asks, so that it answers on this loop; an answer
   * from elsewhere comes here all the same.
   */
  <T> void ask(
      Supplier<Future<T>> question, Consumer<T> answered, Consumer<LiveException> refused) {
    context.dispatch(
        question,
        asked ->
            asked
                .get()
                .onComplete(
                    answer -> onLoop(() -> answered.accept(answer)),
                    trouble -> onLoop(() -> refused.accept(Refusal.known(trouble)))));
  }

  // --- the desk's words; from the hall's thread

  void deliver(List<Outbox.Post> posts) {
    undelivered.incrementAndGet();
    eventLoop()
        .execute(
            () -> {
              try {
                posts.forEach(post -> tell(post.row(), post.telling()));
              } finally {
                undelivered.decrementAndGet();
              }
            });
  }

  void answer(List<Seat> seats, Telling telling) {
    eventLoop()
        .execute(
            () -> {
              seats.get(0).socket.delivery().answer(seats, telling);
              telling.frame().release();
              seats.forEach(seat -> dropIfEmpty(seat.row));
            });
  }

  void refuse(Seat seat, Refusal refusal) {
    eventLoop()
        .execute(
            () -> {
              seat.socket.delivery().refuse(seat, refusal);
              dropIfEmpty(seat.row);
            });
  }

  void tellWatchers(Map<Row, ListedRoom> moved) {
    eventLoop().execute(() -> watching.forEach(socket -> socket.delivery().tellWatched(moved)));
  }

  // --- the verticle's

  /** Looks after every socket: who is late, silent or slow. */
  public void sweep() {
    long now = System.nanoTime();
    for (int i = sockets.size() - 1; i >= 0; i--) {
      sockets.get(i).look(now);
    }
  }

  /** Tells everyone to go elsewhere within that time. */
  public void sendAway(Duration within) {
    ByteBuf goaway = Frames.goaway(within.toMillis());
    List.copyOf(sockets).forEach(socket -> socket.delivery().sendAway(goaway));
    goaway.release();
  }

  /** Closes some of those that are still here, and cuts off who was closed and does not go. */
  public void close(int some) {
    long now = System.nanoTime();
    int left = some;
    for (PushSocket socket : List.copyOf(sockets)) {
      if (socket.isClosing()) {
        socket.cutOff(now, ANSWERED_WITHIN);
      } else if (left-- > 0) {
        socket.close(CloseCode.DRAIN);
      }
    }
  }

  public int size() {
    return sockets.size();
  }

  // --- within

  private void tell(Row row, Telling telling) {
    int written = row.tell(telling);
    if (telling.kind() == Telling.Kind.CLOSED) {
      row.seats().forEach(seat -> seat.socket.delivery().end(row));
    }
    telling.frame().release();
    reception.figures().count("push.frames", telling.kind().text(), written);
    if (telling.committedAt() != null && written > 0) {
      reception.figures().pushed(Duration.between(telling.committedAt(), Instant.now()));
    }
  }

  private void onLoop(Runnable work) {
    if (eventLoop().inEventLoop()) {
      work.run();
    } else {
      eventLoop().execute(work);
    }
  }

  private static void await(Seat seat) {
    seat.isAsking = true;
    seat.row.await();
  }

  private void dropIfEmpty(Row row) {
    if (row.isEmpty() && rowByWhat.remove(row.what(), row)) {
      desk.leave(row);
    }
  }
}
