package io.livehall.verticle;

import io.livehall.config.LiveConfig;
import io.livehall.protocol.rest.RestApi;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves HTTP to apps. Several share the port, each on an event loop of its own. */
public final class ApiVerticle extends VerticleBase {
  private static final int LINE_BYTES_MAX = 4096;
  private static final int HEADERS_BYTES_MAX = 16 * 1024;

  private final LiveConfig.Http http;
  private final Duration stopWithin;
  private final RestApi rest;
  private final ConnectionLimit limit;
  private @Nullable HttpServer server;

  /**
   * @param limit shared by all instances
   */
  public ApiVerticle(
      LiveConfig.Http http, Duration stopWithin, RestApi rest, ConnectionLimit limit) {
    this.http = http;
    this.stopWithin = stopWithin;
    this.rest = rest;
    this.limit = limit;
  }

  @Override
  public Future<?> start() {
    HttpServer mine =
        vertx
            .createHttpServer(options())
            .connectionHandler(limit)
            .requestHandler(rest.handler(vertx));
    server = mine;
    return LoopLikes.begin(vertx, rest.likes()).compose(begun -> mine.listen());
  }

  /** Takes no more, and lets what runs come to its end. */
  @Override
  public Future<?> stop() {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(stopWithin.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Where it listens, once it does; of interest where the config leaves the choice open. */
  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(http.host())
        .setPort(http.port())
        .setReuseAddress(true)
        .setTcpNoDelay(true)
        .setIdleTimeout((int) http.idleTimeout().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxInitialLineLength(LINE_BYTES_MAX)
        .setMaxHeaderSize(HEADERS_BYTES_MAX)
        .setHandle100ContinueAutomatically(true)
        .setHttp2ClearTextEnabled(false)
        // Sockets have a port of their own.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        // The list comes compressed already, and nothing else is long.
        .setCompressionSupported(false);
  }
}
