package io.livehall;

import io.livehall.domain.LiveException;
import io.livehall.postgres.Migrations;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the database for a while, as one that starts beside us may need it, and brings its
 * tables up to date.
 */
final class DatabaseStart {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Migrations migrations;

  DatabaseStart(Migrations migrations) {
    this.migrations = migrations;
  }

  void run() {
    Instant end = Instant.now().plus(WITHIN);
    while (true) {
      try {
        int run = Teardown.await(migrations.run());
        LOG.info("database ready migrations={}", run);
        return;
      } catch (LiveException away) {
        if (Instant.now().isAfter(end)) {
          throw new StartException(
              "postgres.uri: the database does not answer; see that it runs and that the address and password are right",
              away);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }
}
