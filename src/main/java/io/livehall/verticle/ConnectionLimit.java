package io.livehall.verticle;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections all the servers of one port hold together. Beyond that a new one is closed:
 * to run out of file handles would hurt those who are there.
 */
public final class ConnectionLimit implements Handler<HttpConnection> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

  private final int connectionsMax;
  private final AtomicInteger open = new AtomicInteger();

  public ConnectionLimit(int connectionsMax) {
    this.connectionsMax = connectionsMax;
  }

  public int open() {
    return open.get();
  }

  @Override
  public void handle(HttpConnection connection) {
    connection.closeHandler(closed -> open.decrementAndGet());
    if (open.incrementAndGet() > connectionsMax) {
      LOG.debug("connection=refused open={}", connectionsMax);
      connection.close();
    }
  }
}
