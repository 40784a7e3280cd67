package io.livehall.protocol.push;

import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomNews;
import io.livehall.hall.Hall;
import io.livehall.hall.ListedRoom;
import io.livehall.hall.Tail;
import io.livehall.hall.View;
import io.livehall.protocol.RoomJson;
import io.livehall.service.Presence;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the hall tells the sockets of this node: each view that somebody looks at, encoded once, and
 * each room. The hall's thread does the work; the loops ask from theirs, and are answered on
 * theirs, in order: a seat that was given before a frame went out gets that frame.
 *
 * <pre>
 *   hall's thread                                         a loop's thread
 *   show, tick, counts, marks ──▶ ViewDesk, RoomDesk ──▶ Outbox ──▶ PushLoop.deliver ──▶ sockets
 *   join, watch, leave ◀─────────────────────────────────────────── PushLoop
 * </pre>
 */
public final class NewsDesk {
  private static final int TAIL_MAX = 20_000;

  private final Tail tail;
  private final Outbox outbox = new Outbox();
  private final ViewDesk views;
  private final RoomDesk rooms;
  private volatile @Nullable Executor home;
  private volatile Hall hall = Hall.empty(new Position("", 0));
  private @Nullable Instant committedAt;

  /**
   * How often, how much, for how many.
   *
   * @param namesPerSecond how many of those who come to a room and leave it are named there
   */
  public record Pace(
      Duration markEvery, int countBytesPerSecond, int namesPerSecond, int viewsMax) {}

  /** Where what is told comes from; the finder asks the store. */
  record Sources(Tail tail, RoomJson json, Function<RoomId, Future<Room>> finder) {}

  /** A change of a room, and what was listed before it. */
  public record Heard(RoomNews news, @Nullable ListedRoom before) {}

  /**
   * @param finder asks the store about a room that is neither listed nor in the tail of the log
   */
  public NewsDesk(
      Pace pace, RoomJson json, Function<RoomId, Future<Room>> finder, PushFigures figures) {
    this.tail = new Tail(TAIL_MAX);
    this.views = new ViewDesk(pace, tail, outbox, figures);
    this.rooms = new RoomDesk(pace, new Sources(tail, json, finder), outbox, () -> hall);
  }

  /** Only for the hall, before anything else: where its thread is to be found. */
  public void open(Executor hallThread) {
    home = hallThread;
  }

  /** Only for the hall: the list as it is after these changes. */
  public void show(Hall next, List<Heard> changes) {
    hall = next;
    for (Heard change : changes) {
      tail.add(change.news(), change.before());
      rooms.hear(change.news());
      if (committedAt == null) {
        committedAt = change.news().at();
      }
    }
    outbox.send();
  }

  /** Only for the hall: the list was read anew. */
  public void showAnew(Hall next) {
    hall = next;
    tail.clear();
    rooms.recheck();
    outbox.send();
  }

  /** Only for the hall. */
  public void tick() {
    if (views.tick(hall, committedAt)) {
      committedAt = null;
    }
    outbox.send();
  }

  /** Only for the hall. */
  public void tellCounts() {
    long now = System.nanoTime();
    views.counts(hall, now);
    rooms.counts(now);
    outbox.send();
  }

  /** Only for the hall. */
  public void tellWatchers() {
    rooms.countsForWatchers();
  }

  /** Only for the hall. */
  public void tellMarks() {
    long now = System.nanoTime();
    views.marks(hall, now);
    rooms.marks(now);
    outbox.send();
  }

  /** Only for the hall: who came and left. */
  public void hear(Presence presence) {
    presence.rooms().forEach(rooms::hear);
    outbox.send();
  }

  /** Only for the hall: the rooms that somebody looks at. */
  public Set<RoomId> lookedAt() {
    Set<RoomId> ids = new HashSet<>(rooms.ids());
    views.addIds(ids);
    return ids;
  }

  public int viewsShown() {
    return views.size();
  }

  public int roomsShown() {
    return rooms.size();
  }

  String epoch() {
    return hall.at().epoch();
  }

  void join(View view, @Nullable Position since, Seat seat) {
    onHallThread(() -> views.join(view, since, seat, hall));
  }

  void join(RoomId room, Seat seat) {
    onHallThread(() -> rooms.join(room, seat));
  }

  void watch(List<Seat> seats) {
    onHallThread(() -> rooms.watch(seats));
  }

  void leave(Row row) {
    onHallThread(
        () -> {
          if (row.what() instanceof View view) {
            views.leave(view, row);
          } else if (row.what() instanceof RoomId room) {
            rooms.leave(room, row);
          }
        });
  }

  private void onHallThread(Runnable work) {
    Executor thread = home;
    if (thread == null) {
      throw new IllegalStateException("the hall is not there yet");
    }
    thread.execute(work);
  }
}
