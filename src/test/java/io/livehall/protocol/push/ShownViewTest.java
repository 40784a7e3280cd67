package io.livehall.protocol.push;

import static io.livehall.protocol.push.Sent.at;
import static io.livehall.protocol.push.Sent.room;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.Host;
import io.livehall.domain.Room;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomNews;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import io.livehall.hall.Hall;
import io.livehall.hall.HallChange;
import io.livehall.hall.ListedRoom;
import io.livehall.hall.Sort;
import io.livehall.hall.Tail;
import io.livehall.hall.View;
import io.livehall.protocol.RoomJson;
import io.netty.buffer.ByteBuf;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShownViewTest {
  private static final int BYTES_PER_SECOND = 150;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long TICK = 500 * MILLI;
  private static final long MARKS = 14_000 * MILLI;

  private final Tail tail = new Tail(100);
  private Hall hall = Hall.of(at(1), rooms(20));
  private final ShownView shown =
      new ShownView(new View(Sort.NEWEST, null, 20), hall, BYTES_PER_SECOND, 0);

  @AfterEach
  void forget() {
    shown.forget();
  }

  @Test
  void countersThatMoveAllTheTimeCostTenKilobytesAMinute() {
    int bytes = 0;
    int frames = 0;
    for (long now = TICK; now <= 120 * TICK; now += TICK) {
      countAll(now / TICK + 1_000_000);
      Telling told = shown.counts(hall, now);
      if (told != null) {
        frames++;
        bytes += told.frame().readableBytes();
        told.frame().release();
      }
    }

    assertThat(bytes).isBetween(8_000, 10_240);
    assertThat(frames).isGreaterThan(10);
  }

  @Test
  void inAQuietHallEachMoveIsToldWithTheNextTick() {
    for (int i = 0; i < 50; i++) {
      count(i % 20, 7 + i);
      Telling told = shown.counts(hall, i * 2 * TICK);

      assertThat(told).isNotNull();
      assertThat(Sent.one(told.frame()).getJsonArray("rooms")).hasSize(1);
      assertThat(shown.counts(hall, i * 2 * TICK)).isNull();
    }
  }

  @Test
  void whatWasHeldBackIsToldAtOnceLater() {
    countAll(1_000_000);
    Sent.one(shown.counts(hall, TICK).frame());
    count(3, 77);
    assertThat(shown.counts(hall, 2 * TICK)).isNull();
    count(3, 78);

    JsonObject told = Sent.one(shown.counts(hall, 20 * TICK).frame());

    assertThat(told.getJsonArray("rooms")).hasSize(1);
    assertThat(told.encode()).contains(",78,78]");
  }

  @Test
  void aDeltaDoesNotSwallowTheCountersOfOtherRooms() {
    count(3, 77);
    ListedRoom old = hall.find(room(5, 0, 0).id());
    var edited =
        new ListedRoom(old.id(), 2, old.liveAt(), 0, 0, 0, List.of(), room(5, 0, 0).json());
    hall = hall.next(at(2), List.of(new HallChange.Put(edited)));
    tail.add(edit(2, old.id()), old);

    JsonObject delta = Sent.one(shown.changes(hall, tail, null).frame());
    JsonObject count = Sent.one(shown.counts(hall, TICK).frame());

    assertThat(delta.getJsonArray("up")).hasSize(1);
    assertThat(count.getJsonArray("rooms")).hasSize(1);
    assertThat(count.encode()).contains(",77,77]");
  }

  @Test
  void aMarkIsDueAfterItsTimeAndBringsThePlaceWithIt() {
    hall = hall.next(at(9), List.of());
    assertThat(shown.isMarkDue(MARKS - 1, MARKS)).isFalse();
    assertThat(shown.isMarkDue(MARKS, MARKS)).isTrue();

    List<JsonObject> first = Sent.all(shown.mark(hall, MARKS).frame());
    assertThat(shown.isMarkDue(2 * MARKS - 1, MARKS)).isFalse();
    List<JsonObject> second = Sent.all(shown.mark(hall, 2 * MARKS).frame());

    assertThat(first).extracting(frame -> frame.getString("t")).containsExactly("delta", "mark");
    assertThat(first.get(0).getLong("prev")).isEqualTo(1);
    assertThat(first).extracting(frame -> frame.getLong("seq")).containsExactly(9L, 9L);
    assertThat(second).extracting(frame -> frame.getString("t")).containsExactly("mark");
  }

  @Test
  void whoComesBackAtOneTimeGetTheSameBytes() {
    ByteBuf one = shown.resume(1, hall, tail);
    ByteBuf two = shown.resume(1, hall, tail);

    assertThat(two).isSameAs(one);
    one.release();
    assertThat(Sent.all(two)).extracting(f -> f.getString("t")).containsExactly("delta", "count");
  }

  @Test
  void whatNobodyKnowsIsNotToldAsADifference() {
    assertThat(shown.resume(0, hall, tail)).isNull();
  }

  @Test
  void theWholeViewHasTheCountersThatWereToldLast() {
    count(3, 77);
    ByteBuf before = shown.snap();
    Sent.one(shown.counts(hall, TICK).frame());
    ByteBuf after = shown.snap();

    assertThat(Sent.one(before).encode()).doesNotContain("\"likes\":77");
    assertThat(Sent.one(after).encode()).contains("\"likes\":77");
  }

  @Test
  void byHeatTheOrderMovesWhileTheLogDoesNot() {
    var hot = new ShownView(new View(Sort.HOT, null, 20), hall, BYTES_PER_SECOND, 0);
    ListedRoom last = hall.find(room(0, 0, 0).id());
    var hotter = new ListedRoom(last.id(), 1, last.liveAt(), 9, 0, 0, List.of(), last.json());
    hall = hall.next(at(1), List.of(new HallChange.Put(hotter)));

    JsonObject delta = Sent.one(hot.changes(hall, tail, null).frame());

    assertThat(delta.getJsonArray("up")).isEmpty();
    assertThat(delta.getJsonArray("order").getString(0)).isEqualTo(last.id().value());
    assertThat(hot.changes(hall, tail, null)).isNull();
    hot.forget();
  }

  private static RoomNews edit(long seq, RoomId id) {
    var host = new Host(new UserId("host"), null, null);
    var info = new RoomInfo("Title", null, null, List.of());
    Room room = Room.open(id, StreamName.ofRoom("8888", id), host, info, Instant.EPOCH);
    return new RoomNews(seq, RoomEvent.EDITED, Instant.EPOCH, room);
  }

  private void countAll(long viewers) {
    for (int n = 0; n < 20; n++) {
      count(n, viewers);
    }
  }

  private void count(int n, long viewers) {
    ListedRoom room = hall.find(room(n, 0, 0).id());
    ListedRoom counted = RoomJson.counted(room, viewers, viewers, 0);
    hall = hall.next(hall.at(), List.of(new HallChange.Put(counted)));
  }

  private static List<ListedRoom> rooms(int count) {
    List<ListedRoom> rooms = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      rooms.add(room(n, 0, 0));
    }
    return rooms;
  }
}
