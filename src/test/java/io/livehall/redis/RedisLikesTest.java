package io.livehall.redis;

import static io.livehall.TestStores.await;
import static io.livehall.redis.RedisStage.key;
import static io.livehall.redis.RedisStage.millis;
import static io.livehall.redis.RedisStage.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.config.LiveConfig;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.port.CounterStore.Asked;
import io.livehall.service.port.CounterStore.Grant;
import io.livehall.service.port.CounterStore.Liked;
import io.livehall.service.port.CounterStore.Likes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a user may give: a hundred at once, and then so few that a test is faster. */
class RedisLikesTest {
  private static final int MS_PER_LIKE = 1_000;
  private static final int AT_ONCE = 100;
  private static final int BEYOND = 10;
  private static final RedisCounters SLOW = RedisStage.reached(slow());

  private final RedisStage stage = new RedisStage(SLOW);
  private final RoomId room = stage.open();

  @Test
  void userWhoAskedIsGrantedALittleMoreWhichIsTakenAtOnce() {
    Grant grant = stage.ask(room, "ada", 3);

    assertThat(grant).isEqualTo(new Grant(3, BEYOND, 0));
    assertThat(bucket("ada") - millis()).isBetween(12L * MS_PER_LIKE, 13L * MS_PER_LIKE);
    assertThat(stage.tally(room).likes()).isEqualTo(3);
  }

  @Test
  void burstIsGivenInPartAndThenNothing() {
    assertThat(stage.ask(room, "ada", 60)).isEqualTo(new Grant(60, BEYOND, 0));

    Grant rest = stage.ask(room, "ada", 60);
    Grant none = stage.ask(room, "ada", 60);

    assertThat(rest.taken()).isEqualTo(30);
    assertThat(rest.beyond()).isZero();
    assertThat(none.taken()).isZero();
    assertThat(none.beyond()).isZero();
    assertThat(none.waitMs()).isBetween(1, MS_PER_LIKE);
    assertThat(stage.tally(room).likes()).isEqualTo(90);
  }

  @Test
  void emptyBucketFillsAtItsRate() {
    empty("ada");

    raw("ZINCRBY", key(room, 'b'), -20 * MS_PER_LIKE, "ada");

    assertThat(stage.ask(room, "ada", 60).taken()).isEqualTo(20);
  }

  @Test
  void whoIsRefusedIsToldWhenThereWillBeOneMore() {
    empty("ada");
    int wait = stage.ask(room, "ada", 1).waitMs();

    raw("ZINCRBY", key(room, 'b'), -wait, "ada");

    assertThat(wait).isBetween(1, MS_PER_LIKE);
    assertThat(stage.ask(room, "ada", 1).taken()).isEqualTo(1);
  }

  @Test
  void bucketIsOfOneUserAndOneRoom() {
    empty("ada");
    RoomId other = stage.open();

    assertThat(stage.ask(room, "bob", 5).taken()).isEqualTo(5);
    assertThat(stage.ask(other, "ada", 5).taken()).isEqualTo(5);
    assertThat(stage.ask(room, "ada", 5).taken()).isZero();
  }

  @Test
  void nobodysBucketIsTouchedWhereNothingIsCounted() {
    RoomId unknown = RoomId.random();
    await(stage.counters.seal(Set.of(room)));

    stage.like(unknown, 0, new Asked(new UserId("ada"), 5, 0));
    stage.like(room, 0, new Asked(new UserId("ada"), 5, 0));

    assertThat(raw("EXISTS", key(unknown, 'b')).toLong()).isZero();
    assertThat(raw("EXISTS", key(room, 'b')).toLong()).isZero();
  }

  @Test
  void clockThatWasSetBackKeepsNobodyWaitingForLong() {
    raw("ZADD", key(room, 'b'), millis() + 3_600_000, "ada");

    Grant grant = stage.ask(room, "ada", 1);

    assertThat(grant.taken()).isZero();
    assertThat(grant.waitMs()).isBetween(1, 17 * MS_PER_LIKE);
  }

  @Test
  void whatAUserOwesIsTakenFirstAndCountedNoSecondTime() {
    Grant grant = owing(3);

    assertThat(grant).isEqualTo(new Grant(1, BEYOND, 0));
    assertThat(bucket("ada") - millis()).isBetween(13L * MS_PER_LIKE, 14L * MS_PER_LIKE);
    assertThat(stage.tally(room).likes()).isEqualTo(1);
  }

  @Test
  void whatAUserHasNotHadFlowsBackAndFillsHisBucketAtMost() {
    stage.ask(room, "ada", 20);

    assertThat(owing(-5)).isEqualTo(new Grant(1, BEYOND, 0));
    assertThat(bucket("ada") - millis()).isBetween(35L * MS_PER_LIKE, 36L * MS_PER_LIKE);

    owing(-90);
    assertThat(bucket("ada") - millis()).isBetween(10L * MS_PER_LIKE, 11L * MS_PER_LIKE);
  }

  @Test
  void whoOwesMoreThanHeHasWaitsUntilItIsPaid() {
    empty("ada");

    Grant grant = owing(3);

    assertThat(grant.taken()).isZero();
    assertThat(grant.waitMs()).isBetween(3 * MS_PER_LIKE, 4 * MS_PER_LIKE);
    assertThat(stage.tally(room).likes()).isZero();
  }

  @Test
  void bucketsThatAreFullAgainAreForgotten() {
    stage.ask(room, "ada", 1);
    stage.ask(room, "bob", 1);
    raw("ZADD", key(room, 'b'), millis() - 1, "ada");

    stage.look(room, 1);

    assertThat(raw("ZRANGE", key(room, 'b'), 0, -1).toString()).isEqualTo("[bob]");
  }

  @Test
  void twoNodesTogetherNeverGiveMoreThanOneWould() {
    RedisCounters other = RedisStage.reached(TestStores.counters(TestStores.vertx()));
    List<Likes> asking = List.of(new Likes(room, 0, List.of(new Asked(new UserId("ada"), 3, 0))));
    RedisStage fast = new RedisStage();
    long begun = millis();
    long given = 0;
    long ended = begun;
    while (ended - begun < 1_000) {
      List<Future<List<Liked>>> asked = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        asked.add(fast.counters.like(asking));
        asked.add(other.like(asking));
      }
      await(Future.all(asked));
      for (Future<List<Liked>> answer : asked) {
        Grant grant = answer.result().get(0).granted().get(0);
        given += grant.taken() + grant.beyond();
      }
      ended = millis();
    }
    await(other.close());

    long atMost = AT_ONCE + (ended - begun) * 20 / 1_000;
    assertThat(given).isBetween(AT_ONCE + 1L, atMost);
    assertThat(stage.tally(room).likes()).isLessThanOrEqualTo(given);
  }

  private static RedisCounters slow() {
    var terms =
        new RedisCounters.Terms(Duration.ofMinutes(1), 1, AT_ONCE, BEYOND, Duration.ofSeconds(1));
    LiveConfig config = LiveConfig.load(Optional.empty(), Map.of());
    return new RedisCounters(
        TestStores.vertx(), RedisTarget.options(TestStores.redisUri(), config.redis()), terms);
  }

  private Grant owing(int owed) {
    return stage.like(room, 0, new Asked(new UserId("ada"), 1, owed)).granted().get(0);
  }

  private void empty(String user) {
    raw("ZADD", key(room, 'b'), millis() + (long) AT_ONCE * MS_PER_LIKE, user);
  }

  private long bucket(String user) {
    return (long) Double.parseDouble(raw("ZSCORE", key(room, 'b'), user).toString());
  }
}
