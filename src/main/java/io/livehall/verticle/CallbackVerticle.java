package io.livehall.verticle;

import io.livehall.config.LiveConfig;
import io.livehall.domain.LiveException;
import io.livehall.service.Callbacks;
import io.livehall.service.Counted;
import io.livehall.service.port.CallbackInbox.Letter;
import io.livehall.tencent.CallbackAnswer;
import io.livehall.tencent.CallbackDoor;
import io.livehall.tencent.CallbackDoor.Checked;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door for the cloud's callbacks, on a port of its own. */
public final class CallbackVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackVerticle.class);

  public static final String PATH = "/callback/tencent";

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(2);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  /** The cloud waits 20 s for an answer; who is slower to ask than this does not mean well. */
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

  private static final Duration IDLE_MAX = Duration.ofSeconds(30);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(5);
  private static final String RETRY_AFTER_SECONDS = "5";

  private final LiveConfig.Callback config;
  private final CallbackDoor door;
  private final Callbacks callbacks;
  private final Counted counted;
  private final SeldomLog seldom = new SeldomLog(LOG, System::nanoTime);
  private @Nullable HttpServer server;

  public CallbackVerticle(
      LiveConfig.Callback config, CallbackDoor door, Callbacks callbacks, Counted counted) {
    this.config = config;
    this.door = door;
    this.callbacks = callbacks;
    this.counted = counted;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP_EVERY.toMillis(), tick -> sweep());
    vertx.setPeriodic(FORGET_EVERY.toMillis(), tick -> forget());
    return listen();
  }

  @Override
  public Future<?> stop() {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(STOPPED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Where it listens, once it has started. */
  public int port() {
    return server == null ? -1 : server.actualPort();
  }

  private void sweep() {
    callbacks
        .sweep()
        .onFailure(trouble -> seldom.warn("callbacks not swept", trouble.toString()))
        .onSuccess(
            some -> {
              if (some > 0) {
                LOG.info("callbacks taken up again count={}", some);
              }
            });
  }

  private void forget() {
    callbacks
        .forget()
        .onFailure(trouble -> seldom.warn("callbacks not forgotten", trouble.toString()));
  }

  private Future<?> listen() {
    var options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setIdleTimeout((int) IDLE_MAX.toSeconds());
    return vertx
        .createHttpServer(options)
        .requestHandler(router())
        .listen()
        .onSuccess(listening -> server = listening);
  }

  private Router router() {
    Router router = Router.router(vertx);
    router
        .post(PATH)
        .handler(TimeoutHandler.create(ANSWERED_WITHIN.toMillis(), 503))
        .handler(BodyHandler.create(false).setBodyLimit(config.bodyBytesMax()))
        .handler(this::receive);
    router.errorHandler(404, unknown -> refuse(unknown, 404, "Nothing is here."));
    router.errorHandler(405, unknown -> refuse(unknown, 404, "Nothing is here."));
    router.errorHandler(413, large -> turnAway(large, 413, "malformed", "The body is too large."));
    router.errorHandler(
        400, broken -> turnAway(broken, 400, "malformed", "The request is broken."));
    router.errorHandler(503, late -> storeIsAway(late, "it took too long"));
    router.errorHandler(500, this::bug);
    return router;
  }

  private void receive(RoutingContext context) {
    Checked checked = door.check(context.body().asString());
    if (checked instanceof Checked.Refused refused) {
      turnAway(context, refused.status(), refused.result(), refused.why());
    } else if (checked instanceof Checked.Accepted accepted) {
      store(context, accepted.letter());
    }
  }

  private void store(RoutingContext context, Letter letter) {
    callbacks
        .receive(letter)
        .onSuccess(stored -> answer(context, 200, CallbackAnswer.HEARD))
        .onFailure(
            trouble -> {
              if (trouble instanceof LiveException known) {
                storeIsAway(context, known.detail());
              } else {
                context.fail(trouble);
              }
            });
  }

  /** The cloud comes again. */
  private void storeIsAway(RoutingContext context, String why) {
    context.response().putHeader("retry-after", RETRY_AFTER_SECONDS);
    counted.count("callbacks", "overload");
    seldom.warn("callback put off", why);
    refuse(context, 503, "Not now. Try again soon.");
  }

  private void turnAway(RoutingContext context, int status, String result, String why) {
    counted.count("callbacks", result);
    seldom.warn(
        "callback " + result,
        "from=" + context.request().remoteAddress().hostAddress() + " why=" + why);
    refuse(context, status, why);
  }

  private void bug(RoutingContext context) {
    counted.count("callbacks", "failed");
    LOG.error("a callback failed", context.failure());
    refuse(context, 500, "Something went wrong here.");
  }

  private static void refuse(RoutingContext context, int status, String message) {
    answer(context, status, CallbackAnswer.refusal(status, message));
  }

  private static void answer(RoutingContext context, int status, String body) {
    if (!context.response().ended() && !context.response().closed()) {
      context
          .response()
          .setStatusCode(status)
          .putHeader("content-type", "application/json; charset=utf-8")
          .end(body);
    }
  }
}
