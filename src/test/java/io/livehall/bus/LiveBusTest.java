package io.livehall.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.livehall.bus.Addresses.Ask;
import io.livehall.bus.Addresses.Topic;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.LiveException.FieldError;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.service.NewsFlash;
import io.livehall.service.Order;
import io.livehall.service.Order.Target.ById;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveBusTest {
  private static final Ask<UserId, RoomId> WHICH = new Ask<>("test.which");
  private static final Topic<NewsFlash> NEWS = new Topic<>("test.news");
  private static final UserId ADA = new UserId("ada");
  private static final RoomId ROOM = new RoomId("r000000000000001");

  private Vertx vertx;
  private LiveBus bus;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    bus = new LiveBus(vertx, Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() throws TimeoutException {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void askIsAnsweredWithItsTypes() {
    answer(who -> Future.succeededFuture(new RoomId("r" + who.value().repeat(5))));

    RoomId room = result(bus.ask(WHICH, ADA));

    assertThat(room).isEqualTo(new RoomId("radaadaadaadaada"));
  }

  @Test
  void answerMayComeLater() {
    Promise<RoomId> later = Promise.promise();
    answer(who -> later.future());

    Future<RoomId> answer = bus.ask(WHICH, ADA);
    later.complete(ROOM);

    assertThat(result(answer)).isEqualTo(ROOM);
  }

  @Test
  void refusalComesBackWithCodeAndFields() {
    var refusal = LiveException.invalid("title", "is too long");
    answer(who -> Future.failedFuture(refusal));

    LiveException heard = refusalOf(bus.ask(WHICH, ADA));

    assertThat(heard.code()).isEqualTo(ErrorCode.INVALID);
    assertThat(heard.detail()).isEqualTo("title is too long");
    assertThat(heard.fields()).containsExactly(new FieldError("title", "is too long"));
  }

  @Test
  void refusalThatIsThrownComesBackToo() {
    answer(
        who -> {
          throw new LiveException(ErrorCode.FORBIDDEN, "no");
        });

    assertThat(refusalOf(bus.ask(WHICH, ADA)).code()).isEqualTo(ErrorCode.FORBIDDEN);
  }

  @Test
  void bugIsInternalAndItsMessageStaysHere() {
    answer(who -> Future.failedFuture(new IllegalStateException("secret of the house")));

    LiveException heard = refusalOf(bus.ask(WHICH, ADA));

    assertThat(heard.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(heard.detail()).doesNotContain("secret");
  }

  @Test
  void nobodyThereIsUnavailable() {
    assertThat(refusalOf(bus.ask(WHICH, ADA)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void noAnswerInTimeIsATimeout() throws TimeoutException {
    stop();
    vertx = Vertx.vertx();
    bus = new LiveBus(vertx, Duration.ofMillis(50));
    answer(who -> Promise.<RoomId>promise().future());

    assertThat(refusalOf(bus.ask(WHICH, ADA)).code()).isEqualTo(ErrorCode.TIMEOUT);
  }

  @Test
  void newsReachAllWhoListenInOrder() {
    List<NewsFlash> one = new CopyOnWriteArrayList<>();
    List<NewsFlash> two = new CopyOnWriteArrayList<>();
    result(bus.listen(NEWS, one::add));
    result(bus.listen(NEWS, two::add));
    var first = new NewsFlash("first", List.of());
    var second = new NewsFlash("second", List.of());

    bus.tell(NEWS, first);
    bus.tellHere(NEWS, second);

    await().untilAsserted(() -> assertThat(one).containsExactly(first, second));
    await().untilAsserted(() -> assertThat(two).containsExactly(first, second));
  }

  @Test
  void keeperIsAskedAtItsAddresses() {
    var closed = new Order.Change(new ById(ROOM), new RoomChange.Ends(ADA));
    result(
        bus.answer(
            Addresses.ROOM_CHANGE,
            order ->
                Future.failedFuture(
                    new LiveException(
                        order.equals(closed) ? ErrorCode.ROOM_CLOSED : ErrorCode.INTERNAL, ""))));

    assertThat(refusalOf(new KeeperOnBus(bus).change(closed)).code())
        .isEqualTo(ErrorCode.ROOM_CLOSED);
  }

  private void answer(Function<UserId, Future<RoomId>> answerer) {
    result(bus.answer(WHICH, answerer));
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static LiveException refusalOf(Future<?> future) {
    return catchThrowableOfType(LiveException.class, () -> result(future));
  }
}
