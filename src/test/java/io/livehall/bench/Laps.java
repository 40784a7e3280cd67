package io.livehall.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Hosts who work at the same time, each making one change after the other. A lap is as many seconds
 * as a line on standard input says; the line printed for it is changes per second. Belongs to one
 * event loop.
 */
final class Laps {
  /** Makes one change after the other, the next one each time it is called. */
  interface Host {
    Future<?> change();
  }

  private final Context loop;
  private final List<? extends Host> hosts;
  private long end;
  private long counted;

  Laps(Context loop, List<? extends Host> hosts) {
    this.loop = loop;
    this.hosts = hosts;
  }

  /** Until the end of standard input. A change that fails ends it all: then there is no figure. */
  void run() throws IOException {
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.printf(Locale.ROOT, "%.0f%n", lap(Double.parseDouble(line)));
    }
  }

  double lap(double seconds) {
    Promise<Double> rate = Promise.promise();
    loop.runOnContext(
        now -> {
          counted = 0;
          end = System.nanoTime() + (long) (seconds * 1e9);
          Future.all(hosts.stream().map(this::work).toList())
              .map(all -> counted / seconds)
              .onComplete(rate);
        });
    return rate.future().await();
  }

  /** What is under way when the lap ends is finished, but not counted. */
  private Future<Void> work(Host host) {
    return host.change()
        .compose(
            done -> {
              if (System.nanoTime() >= end) {
                return Future.succeededFuture();
              }
              counted++;
              return work(host);
            });
  }
}
