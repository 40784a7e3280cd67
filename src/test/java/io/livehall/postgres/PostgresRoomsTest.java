package io.livehall.postgres;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.TestStores;
import io.livehall.domain.CloseReason;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomChange.Ends;
import io.livehall.domain.RoomChange.PushBegan;
import io.livehall.domain.RoomChange.PushEnded;
import io.livehall.domain.RoomChange.SaysLive;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomNews;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.domain.UserId;
import io.livehall.service.GroupCommit;
import io.livehall.service.Order;
import io.livehall.service.RoomKeeper;
import io.livehall.service.RoomPolicy;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresRoomsTest {
  private static final RoomPolicy POLICY =
      new RoomPolicy(
          new LivenessPolicy(
              Duration.ofMinutes(5),
              Duration.ofSeconds(10),
              Duration.ofMinutes(1),
              Duration.ZERO,
              false),
          (room, host) -> StreamName.ofRoom("8888", room),
          Duration.ofHours(24));

  private final Postgres postgres = TestStores.migratedDatabase();
  private final PostgresRooms store = new PostgresRooms(postgres);
  private final PostgresLog log = new PostgresLog(postgres);
  private final RoomKeeper keeper = keeper();

  @Test
  void aRoomIsReadAsItWasWritten() {
    RoomInfo info = new RoomInfo("标题 \"q\" , \\ '", "https://c/x.jpg", "上海", List.of("game", "音乐"));
    Host host = new Host(new UserId("a@b.c"), "名", null);
    Room opened = await(keeper.open(new Order.Open(host, info, null))).room();
    change(opened, new SaysLive(host.id()));
    change(opened, new PushBegan("77", Instant.parse("2026-11-20T10:00:00Z")));
    change(
        opened, new RoomChange.Polled(1, Instant.parse("2026-11-20T10:00:09Z"), StreamState.DOWN));
    Room last = change(opened, new RoomChange.Beats(host.id())).room();

    Room read = await(store.find(opened.id())).orElseThrow();

    assertThat(read).isEqualTo(last);
    assertThat(read.info()).isEqualTo(info);
    assertThat(read.evidence().pushes()).hasSize(1);
  }

  @Test
  void theLogHasNoGapAndNoDoubleWhenTwoKeepersWorkOnTheSameRooms() {
    RoomKeeper other = keeper();
    List<Room> rooms = IntStream.range(0, 20).mapToObj(i -> open("h" + i)).toList();
    Random random = new Random(7);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      Room room = rooms.get(random.nextInt(rooms.size()));
      RoomKeeper one = random.nextBoolean() ? keeper : other;
      Instant at = Instant.parse("2026-11-20T10:00:00Z").plusSeconds(i);
      String sequence = "s" + i / 2;
      RoomChange word =
          i % 2 == 0 ? new PushBegan(sequence, at) : new PushEnded(sequence, at, null);
      all.add(one.change(new Order.Change(new Order.Target.ById(room.id()), word)));
    }
    await(Future.all(all));

    List<RoomNews> news = await(log.after(0, 10_000));

    assertThat(news).isNotEmpty();
    assertThat(news.stream().map(RoomNews::seq))
        .isEqualTo(IntStream.rangeClosed(1, news.size()).mapToObj(i -> (long) i).toList());
    assertThat(await(log.head()).seq()).isEqualTo(news.size());
    for (Room room : rooms) {
      List<Long> versions =
          news.stream()
              .map(RoomNews::room)
              .filter(r -> r.id().equals(room.id()))
              .map(Room::version)
              .toList();
      assertThat(versions).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void twoRoomsOfOneHostOpenedAtTwoNodesAtOnceLeaveOneOpen() {
    RoomKeeper other = keeper();
    Host host = new Host(new UserId("twice"), null, null);
    List<Future<Order.Opened>> opened = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      opened.add((i % 2 == 0 ? keeper : other).open(new Order.Open(host, info("t" + i), null)));
    }
    await(Future.all(opened));

    List<Room> rooms =
        opened.stream().map(o -> await(store.find(o.result().room().id())).orElseThrow()).toList();

    assertThat(rooms).filteredOn(room -> room.state() != RoomState.CLOSED).hasSize(1);
    assertThat(rooms).filteredOn(room -> room.closeReason() == CloseReason.REPLACED).hasSize(19);
  }

  @Test
  void anAttemptIsAnsweredTheSameWayAgain() {
    Host host = new Host(new UserId("again"), "n", null);
    Order.Open order = new Order.Open(host, info("t"), new Order.Attempt("k1", "digest"));
    Order.Opened first = await(keeper.open(order));
    change(first.room(), new SaysLive(host.id()));

    Order.Opened second = await(keeper.open(order));

    assertThat(second.room()).isEqualTo(first.room());
    assertThat(second.pushUntil()).isEqualTo(first.pushUntil());
    assertThatThrownBy(
            () ->
                await(
                    keeper.open(new Order.Open(host, info("u"), new Order.Attempt("k1", "other")))))
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_REUSED));
  }

  @Test
  void aBarredHostIsRefusedUntilTheEnd() {
    await(
        postgres.with(
            pool ->
                pool.query(
                        """
                        insert into host_ban values ('bad', 'spam', now() + interval '1 hour'),
                          ('was-bad', 'spam', now() - interval '1 hour')""")
                    .execute()));

    assertThatThrownBy(() -> open("bad"))
        .isInstanceOfSatisfying(
            LiveException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.HOST_BANNED);
              assertThat(e.detail()).contains("spam").contains("until 20");
            });
    assertThat(open("was-bad").state()).isEqualTo(RoomState.CREATED);
  }

  @Test
  void theImageHasTheLiveRoomsAndTheirPosition() {
    Room live = open("live");
    change(live, new SaysLive(live.host().id()));
    Room ended = open("ended");
    change(ended, new SaysLive(ended.host().id()));
    change(ended, new Ends(ended.host().id()));
    open("created");

    List<Room> rooms = new ArrayList<>();
    Position at = await(log.image(part -> rooms.addAll(part.get())));

    assertThat(rooms).extracting(Room::id).containsExactly(live.id());
    assertThat(at).isEqualTo(new Position(await(log.head()).epoch(), 3));
    assertThat(await(log.after(1, 10)))
        .extracting(RoomNews::event)
        .containsExactly(RoomEvent.WENT_LIVE, RoomEvent.CLOSED);
  }

  @Test
  void migrationsRunOnceWhenNodesStartTogether() {
    String uri = TestStores.newDatabase();
    List<Future<Integer>> runs =
        IntStream.range(0, 3).mapToObj(i -> new Migrations(TestStores.connect(uri)).run()).toList();
    await(Future.all(runs));

    assertThat(runs.stream().map(Future::result)).containsExactlyInAnyOrder(4, 0, 0);
  }

  private RoomKeeper keeper() {
    return new RoomKeeper(
        new RoomKeeper.Ports(store, rooms -> Future.succeededFuture(Map.of())),
        POLICY,
        new GroupCommit.Limits(100, 5_000),
        Clock.tickMillis(ZoneOffset.UTC),
        (committed, entries) -> {});
  }

  private Room open(String host) {
    return await(
            keeper.open(new Order.Open(new Host(new UserId(host), null, null), info("t"), null)))
        .room();
  }

  private Order.Kept change(Room room, RoomChange change) {
    return await(keeper.change(new Order.Change(new Order.Target.ById(room.id()), change)));
  }

  private static RoomInfo info(String title) {
    return new RoomInfo(title, null, null, List.of());
  }
}
