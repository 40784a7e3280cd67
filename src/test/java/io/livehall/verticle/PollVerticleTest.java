package io.livehall.verticle;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.TestStores;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.service.Keeper;
import io.livehall.service.Order;
import io.livehall.service.Polls;
import io.livehall.service.port.StreamCloud;
import io.livehall.service.port.WatchList;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollVerticleTest {
  private final AtomicInteger claims = new AtomicInteger();

  @ParameterizedTest
  @CsvSource({"PT10S, 1000", "PT1S, 250", "PT0.1S, 50"})
  void roundsAreAFewForEachPoll(Duration pollEvery, long millis) {
    assertThat(PollVerticle.roundMillis(pollEvery)).isEqualTo(millis);
  }

  @Test
  void itGoesOnAskingThoughAStoreFails() {
    var polls =
        new Polls(
            new Polls.Ports(new Away(), new Silent(), new Silent()),
            new Polls.Pace(Duration.ofMillis(200), 10, Duration.ofSeconds(1), 1),
            Clock.systemUTC(),
            (what, result, times) -> {});

    String id =
        await(TestStores.vertx().deployVerticle(new PollVerticle(polls, Duration.ofMillis(200))));

    await().atMost(Duration.ofSeconds(10)).until(() -> claims.get() >= 3);
    await(TestStores.vertx().undeploy(id));
  }

  private final class Away implements WatchList {
    @Override
    public Future<List<Claim>> claim(int limit, Duration hold) {
      claims.incrementAndGet();
      return Future.failedFuture(new LiveException(ErrorCode.UNAVAILABLE, "away"));
    }

    @Override
    public Future<Void> settle(Map<Claim, Instant> dueAt) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Silent implements StreamCloud, Keeper {
    @Override
    public Future<StreamState> state(StreamName stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> forbid(StreamName stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> resume(StreamName stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Order.Opened> open(Order.Open order) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Order.Kept> change(Order.Change order) {
      throw new UnsupportedOperationException();
    }
  }
}
