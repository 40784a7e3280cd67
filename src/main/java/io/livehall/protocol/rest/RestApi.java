package io.livehall.protocol.rest;

import static java.util.Objects.requireNonNull;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.protocol.Caller;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.Tokens;
import io.livehall.service.Accounts;
import io.livehall.service.Audience;
import io.livehall.service.Counted;
import io.livehall.service.DevStreams;
import io.livehall.service.Health;
import io.livehall.service.Likes;
import io.livehall.service.Listing;
import io.livehall.service.Rooms;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * REST v1 and the web pages. The contract says which routes there are and who may call them; it and
 * the handlers must name the same operations, or nothing starts.
 */
public final class RestApi {
  private static final String LIST = "listRooms";
  private static final Buffer NOTHING = Buffer.buffer();

  private final Services services;
  private final RestSettings settings;
  private final Guard guard;
  private final WebFiles files = WebFiles.load();
  private final Problems problems = new Problems();
  private final LikeRoute likes;
  private final List<Contract.Promise> promises;
  private final Map<String, Operation> operationById = new HashMap<>();

  /**
   * @param dev null outside simulated mode
   */
  public record Services(
      Rooms rooms,
      Likes likes,
      Audience audience,
      Accounts accounts,
      Listing listing,
      Health health,
      Counted counted,
      @Nullable DevStreams dev) {}

  public RestApi(Services services, Tokens tokens, RoomJson json, RestSettings settings) {
    this.services = services;
    this.settings = settings;
    this.guard = new Guard(tokens, settings.isViewingAnonymous());
    var body = new BodyReader(settings.bodyBytesMax());
    this.likes = new LikeRoute(services.likes(), tokens, problems, body);
    var contract = Contract.parse(files.body("/" + WebFiles.CONTRACT).getBytes());
    files.add("/openapi.json", contract.json());
    DevStreams dev = services.dev();
    this.promises =
        contract.promises().stream().filter(promise -> dev != null || !promise.isDev()).toList();
    operationById.putAll(new SessionRoutes(services.accounts(), tokens, settings).operations());
    operationById.putAll(
        new RoomRoutes(services.rooms(), services.listing(), json, settings.forApps())
            .operations());
    operationById.putAll(new CountRoutes(services.likes(), services.audience()).operations());
    operationById.putAll(
        new StatusRoutes(services.health(), services.listing(), settings, guard).operations());
    if (dev != null) {
      operationById.putAll(new DevRoutes(dev).operations());
    }
    requireSame(promises, operationById.keySet());
  }

  public Likes likes() {
    return services.likes();
  }

  /**
   * What answers the requests of one server. Belongs to one event loop, on which likes have begun.
   */
  public Handler<HttpServerRequest> handler(Vertx vertx) {
    var list = new ListRoute(services.listing(), guard, problems, settings.pageCacheMax());
    Router router = router(vertx, list);
    // Most requests are for the list or give likes, and finding a route would cost more than that.
    return request -> {
      if (ListRoute.isFor(request)) {
        list.handle(request);
        counted("list", request.response());
      } else {
        request.response().endHandler(end -> counted("requests", request.response()));
        (LikeRoute.isFor(request) ? likes : router).handle(request);
      }
    };
  }

  static void requireSame(List<Contract.Promise> promises, Set<String> handled) {
    var promised = new TreeSet<String>();
    promises.forEach(promise -> promised.add(promise.id()));
    var kept = new TreeSet<>(handled);
    kept.add(LIST);
    if (promised.size() == promises.size() && promised.equals(kept)) {
      return;
    }
    var unkept = new TreeSet<>(promised);
    unkept.removeAll(kept);
    kept.removeAll(promised);
    throw new IllegalStateException(
        "openapi.yaml and the handlers differ: without handler "
            + unkept
            + ", not in the contract "
            + kept
            + ", or an operationId is there twice");
  }

  private void counted(String what, HttpServerResponse response) {
    services.counted().count(what, Integer.toString(response.getStatusCode()));
  }

  private Router router(Vertx vertx, ListRoute list) {
    Router router = Router.router(vertx);
    var methodsByPath = new LinkedHashMap<String, List<HttpMethod>>();
    for (Contract.Promise promise : promises) {
      String path = promise.routerPath();
      methodsByPath.computeIfAbsent(path, p -> new ArrayList<>()).add(promise.method());
      Route route = router.route(promise.method(), path);
      if (promise.method() == HttpMethod.GET) {
        route.method(HttpMethod.HEAD);
        methodsByPath.get(path).add(HttpMethod.HEAD);
      }
      route.handler(handler(promise, list));
    }
    for (String path : files.paths()) {
      methodsByPath.put(path, List.of(HttpMethod.GET, HttpMethod.HEAD));
      router
          .route(HttpMethod.GET, path)
          .method(HttpMethod.HEAD)
          .handler(context -> files.send(path, context.request()));
    }
    methodsByPath.forEach((path, methods) -> router.route(path).handler(otherMethod(methods)));
    router.route().handler(context -> problems.answer(context.request(), nothingHere()));
    router.route().failureHandler(this::failed);
    // Reached where no route is: a path that is no path.
    router.errorHandler(400, this::failed);
    return router;
  }

  private Handler<RoutingContext> handler(Contract.Promise promise, ListRoute list) {
    if (promise.id().equals(LIST)) {
      return context -> list.handle(context.request());
    }
    Operation operation = requireNonNull(operationById.get(promise.id()));
    var body = new BodyReader(settings.bodyBytesMax());
    return context -> {
      HttpServerRequest request = context.request();
      try {
        Caller caller = guard.admit(promise.access(), request.getHeader(HttpHeaders.AUTHORIZATION));
        BodyReader.requireJson(request, promise.body());
        boolean isRead = promise.method() != HttpMethod.GET;
        (isRead ? body.read(request) : Future.succeededFuture(NOTHING))
            .compose(bytes -> operation.answer(new Call(context, caller, bytes)))
            .onSuccess(answer -> answer.send(context.response()))
            .onFailure(failure -> problems.answer(request, failure));
      } catch (RuntimeException failure) {
        problems.answer(request, failure);
      }
    };
  }

  private Handler<RoutingContext> otherMethod(List<HttpMethod> methods) {
    var allowed = new TreeSet<String>();
    methods.forEach(method -> allowed.add(method.name()));
    allowed.add("OPTIONS");
    String allow = String.join(", ", allowed);
    return context -> {
      context.response().putHeader(HttpHeaders.ALLOW, allow);
      if (context.request().method() == HttpMethod.OPTIONS) {
        preflight(context, allow);
        return;
      }
      problems.answer(
          context.request(),
          new LiveException(ErrorCode.METHOD_NOT_ALLOWED, "Here are only " + allow + "."));
    };
  }

  private static void preflight(RoutingContext context, String allow) {
    Headers.ofAnyAnswer(context.response());
    context
        .response()
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, allow)
        .putHeader(
            HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, Idempotency-Key, If-None-Match")
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400")
        .setStatusCode(204)
        .end();
  }

  private void failed(RoutingContext context) {
    Throwable failure = context.failure();
    boolean isBadPath = context.statusCode() == 400 || failure instanceof IllegalArgumentException;
    problems.answer(
        context.request(),
        isBadPath
            ? new LiveException(ErrorCode.INVALID, "The path is not one.")
            : failure == null ? nothingHere() : failure);
  }

  private static LiveException nothingHere() {
    return new LiveException(ErrorCode.NOT_FOUND, "There is nothing here.");
  }
}
