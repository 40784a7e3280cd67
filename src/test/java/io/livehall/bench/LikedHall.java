package io.livehall.bench;

import io.livehall.bus.Addresses;
import io.livehall.bus.LiveBus;
import io.livehall.domain.Evidence;
import io.livehall.domain.Host;
import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomNews;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.service.Listing;
import io.livehall.service.RoomTally;
import io.livehall.service.Tallies;
import io.livehall.service.port.RoomLog;
import io.livehall.verticle.HallVerticle;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * {@code LikedHall PUSH_PORT}: a hall of 20 live rooms, of which each is liked 50 times a second;
 * the bus tells of it ten times a second.
 */
public final class LikedHall {
  private static final int ROOMS = 20;
  private static final int LIKES_PER_SECOND = 50;
  private static final int TOLD_PER_SECOND = 10;
  private static final long LIKES_BEFORE = 80_000;
  private static final long VIEWERS = 1_200;

  private final LiveBus bus;
  private final List<Room> rooms;
  private long likes = LIKES_BEFORE;

  private LikedHall(LiveBus bus, List<Room> rooms) {
    this.bus = bus;
    this.rooms = rooms;
  }

  public static void main(String[] arguments) {
    var node = new PushNode(arguments[0]);
    var bus = new LiveBus(node.vertx(), node.config().bus().askTimeout());
    Instant now = Instant.now();
    List<Room> rooms = IntStream.range(0, ROOMS).mapToObj(n -> room(n, now)).toList();
    node.vertx()
        .deployVerticle(
            new HallVerticle(
                bus,
                new HallVerticle.Sources(
                    new QuietLog(rooms), new NothingCounted(), node.json(), true),
                new Listing(),
                node.desk(),
                node.config().hall()))
        .await();
    node.listen();
    var hall = new LikedHall(bus, rooms);
    node.vertx().setPeriodic(1_000 / TOLD_PER_SECOND, tick -> hall.tell());
    System.out.println("READY");
  }

  private void tell() {
    likes += LIKES_PER_SECOND / TOLD_PER_SECOND;
    bus.tell(
        Addresses.TALLIES,
        new Tallies(
            rooms.stream().map(room -> new RoomTally(room.id(), VIEWERS, likes, 0)).toList()));
  }

  private static Room room(int number, Instant now) {
    var id = new RoomId(String.format(Locale.ROOT, "r%015d", number));
    return new Room(
        id,
        StreamName.ofRoom("8888", id),
        new Host(new UserId("host_" + number), "小美 " + number, null),
        new RoomInfo("Guitar under the stars", null, "深圳", List.of("music")),
        RoomState.LIVE,
        null,
        now,
        now.plusSeconds(number),
        null,
        2,
        new Tally(VIEWERS, LIKES_BEFORE, VIEWERS, VIEWERS),
        Evidence.NONE);
  }

  /** A log in which nothing happens. */
  private record QuietLog(List<Room> rooms) implements RoomLog {
    private static final Position AT = new Position("bench", ROOMS);

    @Override
    public Future<Position> image(Consumer<Supplier<List<Room>>> part) {
      part.accept(() -> rooms);
      return head();
    }

    @Override
    public Future<List<RoomNews>> after(long seq, int limit) {
      return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Position> head() {
      return Future.succeededFuture(AT);
    }
  }
}
