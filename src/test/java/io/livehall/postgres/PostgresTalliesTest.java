package io.livehall.postgres;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomState;
import io.livehall.domain.Tally;
import io.livehall.service.port.TallyStore.Kept;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PostgresTalliesTest {
  private static final Tally SOME = new Tally(3, 900, 40, 70);

  private final Postgres postgres = TestStores.migratedDatabase();
  private final PostgresTallies tallies = new PostgresTallies(postgres);

  @Test
  void whatIsSavedIsFoundWithTheStateOfTheRoom() {
    RoomId live = insert("live", Tally.ZERO);
    RoomId interrupted = insert("interrupted", SOME);
    RoomId closed = insert("closed", SOME);

    await(tallies.save(Map.of(live, SOME)));

    assertThat(await(tallies.find(List.of(live, interrupted, closed, RoomId.random()))))
        .isEqualTo(
            Map.of(
                live, new Kept(RoomState.LIVE, SOME),
                interrupted, new Kept(RoomState.INTERRUPTED, SOME),
                closed, new Kept(RoomState.CLOSED, SOME)));
    assertThat(await(tallies.find(List.of()))).isEmpty();
  }

  @Test
  void viewersComeAndGoAndNothingElseIsEverLowered() {
    RoomId room = insert("live", SOME);

    await(tallies.save(Map.of(room, new Tally(1, 899, 50, 69))));

    assertThat(kept(room)).isEqualTo(new Tally(1, 900, 50, 70));
  }

  @Test
  void closedRoomStaysAsItIs() {
    RoomId room = insert("closed", new Tally(0, 900, 40, 70));

    await(tallies.save(Map.of(room, new Tally(5, 5_000, 50, 80))));

    assertThat(kept(room)).isEqualTo(new Tally(0, 900, 40, 70));
  }

  @Test
  void whatIsRightAlreadyIsNotWritten() {
    RoomId room = insert("live", SOME);
    String before = writtenBy(room);

    await(tallies.save(Map.of(room, SOME)));
    await(tallies.save(Map.of(room, new Tally(3, 5, 5, 5))));
    await(tallies.save(Map.of()));

    assertThat(writtenBy(room)).isEqualTo(before);
  }

  @Test
  void inWhateverOrderNodesSaveTheGreatestIsKept() {
    List<RoomId> rooms = Stream.generate(() -> insert("live", Tally.ZERO)).limit(30).toList();
    Random random = new Random(3);
    Map<RoomId, Tally> greatest = new LinkedHashMap<>();
    List<Future<?>> saving = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<RoomId> shuffled = new ArrayList<>(rooms);
      Collections.shuffle(shuffled, random);
      Map<RoomId, Tally> some = new LinkedHashMap<>();
      for (RoomId room : shuffled.subList(0, 20)) {
        Tally tally = new Tally(0, random.nextInt(999), random.nextInt(999), random.nextInt(999));
        some.put(room, tally);
        greatest.merge(room, tally, Tally::closedWith);
      }
      saving.add(tallies.save(some));
    }

    await(Future.all(saving));

    greatest.forEach((room, tally) -> assertThat(kept(room)).isEqualTo(tally));
  }

  @Test
  void unsettledRoomsAreListedUntilTheyAreSettled() {
    RoomId known = insert("closed", SOME);
    RoomId lost = insert("closed", SOME);
    RoomId settled = insert("closed", SOME);
    run("update room set is_unsettled = true where id in ('" + known + "', '" + lost + "')");
    assertThat(await(tallies.unsettled(10))).containsExactlyInAnyOrder(known, lost);
    assertThat(await(tallies.unsettled(1))).hasSize(1);

    await(
        tallies.settle(
            Map.of(known, new Tally(0, 950, 39, 71), settled, new Tally(0, 9_999, 9_999, 9_999)),
            Set.of(known, lost)));

    assertThat(await(tallies.unsettled(10))).isEmpty();
    assertThat(kept(known)).isEqualTo(new Tally(3, 950, 40, 71));
    assertThat(kept(lost)).isEqualTo(SOME);
    assertThat(kept(settled)).isEqualTo(SOME);
  }

  @Test
  void databaseOfTheVersionBeforeIsTakenOnWithItsRooms() {
    run("drop index room_unsettled");
    run("alter table room drop column is_unsettled");
    run("delete from schema_version where version = 4");
    RoomId room = insert("live", SOME);

    assertThat(await(new Migrations(postgres).run())).isEqualTo(1);

    assertThat(await(tallies.unsettled(10))).isEmpty();
    assertThat(kept(room)).isEqualTo(SOME);
    run("update room set is_unsettled = true where id = '" + room + "'");
    assertThat(await(tallies.unsettled(10))).containsExactly(room);
  }

  private RoomId insert(String state, Tally tally) {
    RoomId room = RoomId.random();
    run(
        """
        insert into room (id, stream, host_id, title, tags, state, close_reason, created_at, live_at, version,
          viewers, likes, peak_viewers, visits, misses, pushes)
        values ('%1$s', 's-%1$s', 'h-%1$s', 't', '{}', '%2$s', case '%2$s' when 'closed' then 'HOST_ENDED' end,
          now(), now(), 1, %3$d, %4$d, %5$d, %6$d, '{}', '{}')"""
            .formatted(
                room, state, tally.viewers(), tally.likes(), tally.peakViewers(), tally.visits()));
    return room;
  }

  private Tally kept(RoomId room) {
    return await(tallies.find(List.of(room))).get(room).tally();
  }

  /** The transaction which wrote the row last. */
  private String writtenBy(RoomId room) {
    return rows("select xmin::text as by from room where id = '" + room + "'")
        .get(0)
        .getString("by");
  }

  private void run(String sql) {
    rows(sql);
  }

  private List<Row> rows(String sql) {
    return await(
        postgres.with(
            pool ->
                pool.query(sql)
                    .execute()
                    .map(
                        rows -> {
                          List<Row> all = new ArrayList<>();
                          rows.forEach(all::add);
                          return all;
                        })));
  }
}
