package io.livehall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.Position;
import io.livehall.hall.Hall;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListingTest {
  private final Listing listing = new Listing();

  @Test
  void listIsUnavailableUntilItWasLoaded() {
    assertThat(listing.isLoaded()).isFalse();
    assertThatThrownBy(listing::now)
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(listing.age()).isGreaterThan(Duration.ofHours(1));

    Hall hall = hallAt(3);
    listing.show(hall);
    listing.checked(5);

    assertThat(listing.now()).isSameAs(hall);
    assertThat(listing.lag()).isEqualTo(2);
    assertThat(listing.age()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void reachesWhatIsShownAlready() {
    listing.show(hallAt(3));

    assertThat(listing.reaches(0).succeeded()).isTrue();
    assertThat(listing.reaches(3).succeeded()).isTrue();
    assertThat(listing.reaches(4).isComplete()).isFalse();
  }

  @Test
  void reachesWhatIsShownLaterAndNoSooner() {
    Future<Void> fourth = listing.reaches(4);
    Future<Void> fourthToo = listing.reaches(4);
    Future<Void> sixth = listing.reaches(6);

    listing.show(hallAt(3));
    assertThat(fourth.isComplete()).isFalse();
    listing.show(hallAt(5));

    assertThat(fourth.succeeded()).isTrue();
    assertThat(fourthToo.succeeded()).isTrue();
    assertThat(sixth.isComplete()).isFalse();
    listing.show(hallAt(6));
    assertThat(sixth.succeeded()).isTrue();
  }

  @Test
  void nobodyWaitsForEverThoughManyAskWhileItMoves() throws Exception {
    int readers = 4;
    long last = 20_000;
    var asked = new ConcurrentLinkedQueue<Future<Void>>();
    var ready = new CountDownLatch(readers);
    ExecutorService threads = Executors.newFixedThreadPool(readers);
    try {
      List<java.util.concurrent.Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        runs.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  for (long seq = 1; seq <= last; seq++) {
                    asked.add(listing.reaches(seq));
                  }
                }));
      }
      ready.await();
      for (long seq = 1; seq <= last; seq++) {
        listing.show(hallAt(seq));
      }
      for (var run : runs) {
        run.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(asked).hasSize((int) (readers * last)).allMatch(Future::succeeded);
  }

  private static Hall hallAt(long seq) {
    return Hall.empty(new Position("epoch", seq));
  }
}
