package io.livehall.verticle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.config.LiveConfig;
import io.livehall.domain.StreamUrls;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.Tokens;
import io.livehall.protocol.rest.RestApi;
import io.livehall.protocol.rest.RestSettings;
import io.livehall.service.Accounts;
import io.livehall.service.Allowances;
import io.livehall.service.Audience;
import io.livehall.service.CountedRooms;
import io.livehall.service.Counter;
import io.livehall.service.GroupCommit;
import io.livehall.service.Health;
import io.livehall.service.Keeper;
import io.livehall.service.LikeCounter;
import io.livehall.service.Likes;
import io.livehall.service.Listing;
import io.livehall.service.Rooms;
import io.livehall.service.port.AccountStore;
import io.livehall.service.port.CounterStore;
import io.livehall.service.port.Passwords;
import io.livehall.service.port.RoomStore;
import io.livehall.service.port.TallyStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiVerticleTest {
  private final Vertx vertx = Vertx.vertx();

  /** Answers when the test says so. */
  private final Promise<Health.Report> report = Promise.promise();

  private volatile boolean isAsked;
  private final ApiVerticle api = api();
  private final String deployment = await(vertx.deployVerticle(api));
  private final int port = api.port();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void stoppingLetsARunningRequestEndAndTakesNoNewOnes() throws IOException {
    try (Socket running = open()) {
      send(running, "GET /v1/status HTTP/1.1\r\nHost: a\r\n\r\n");
      Awaitility.await().until(() -> isAsked);

      Future<Void> stopped = vertx.undeploy(deployment);
      Awaitility.await().until(this::isRefused);
      assertThat(stopped.isComplete()).isFalse();
      report.complete(new Health.Report("n1", "0", "simulated", Instant.EPOCH, List.of()));

      assertThat(read(running)).startsWith("HTTP/1.1 200").contains("n1");
      await(stopped);
    }
  }

  @Test
  void stoppingDoesNotWaitForIdleConnections() throws IOException {
    try (Socket idle = open()) {
      send(idle, "GET /v1/config HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(read(idle)).startsWith("HTTP/1.1 200");
      long began = System.nanoTime();

      await(vertx.undeploy(deployment));

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
      assertThatThrownBy(this::open).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void listThatIsNotLoadedIsUnavailable() throws IOException {
    try (Socket socket = open()) {
      send(socket, "GET /v1/rooms HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(read(socket))
          .startsWith("HTTP/1.1 503")
          .containsIgnoringCase("retry-after: 1\r\n")
          .contains("\"UNAVAILABLE\"");
    }
  }

  @Test
  void bugIsHiddenFromWhoMetIt() throws IOException {
    report.fail(new IllegalStateException("the secret of the house"));
    try (Socket socket = open()) {
      send(socket, "GET /v1/status HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(read(socket))
          .startsWith("HTTP/1.1 500")
          .contains("\"INTERNAL\"")
          .doesNotContain("secret")
          .doesNotContain("IllegalState");
    }
  }

  private ApiVerticle api() {
    var domains = new StreamUrls.Domains("8888", null, null, "live", "http");
    var urls = new StreamUrls(domains, "key", null, Duration.ofDays(1));
    var listing = new Listing();
    var rooms =
        new Rooms(
            unused(Keeper.class),
            unused(RoomStore.class),
            listing,
            urls,
            new Rooms.Times(Duration.ofDays(1), Clock.systemUTC()));
    var accounts =
        new Accounts(
            unused(AccountStore.class),
            unused(Passwords.class),
            new Accounts.Terms(Duration.ofDays(1), 20, Clock.systemUTC()));
    Health health =
        () -> {
          isAsked = true;
          return report.future();
        };
    var settings =
        new RestSettings(
            65_536,
            64,
            true,
            true,
            new RestSettings.ForApps(null, 8082, Duration.ofSeconds(60), 20));
    var own = new Tokens.Own("0123456789abcdef0123456789abcdef", Duration.ofHours(1));
    var likes = new Likes(rooms, ApiVerticleTest::noLikes);
    var audience =
        new Audience(
            rooms, unused(Counter.class), unused(CounterStore.class), new GroupCommit.Limits(1, 1));
    var rest =
        new RestApi(
            new RestApi.Services(
                rooms,
                likes,
                audience,
                accounts,
                listing,
                health,
                (what, result, times) -> {},
                null),
            new Tokens(own, null, Clock.systemUTC()),
            new RoomJson(urls),
            settings);
    var http = new LiveConfig.Http("127.0.0.1", 0, 65_536, Duration.ofSeconds(30), 100);
    return new ApiVerticle(http, Duration.ofSeconds(10), rest, new ConnectionLimit(100));
  }

  private static LikeCounter noLikes(Executor soon) {
    var node =
        new LikeCounter.Node(
            new Allowances(Duration.ofSeconds(1)),
            new GroupCommit.Limits(1, 1),
            unused(Counter.class),
            (what, result, times) -> {});
    return new LikeCounter(
        node,
        new CountedRooms(unused(CounterStore.class), unused(TallyStore.class), new Listing()),
        soon);
  }

  /** What these tests must not use, though it may be waited for at the start. */
  private static <T> T unused(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("reached")) {
                return Future.succeededFuture();
              }
              throw new AssertionError(method);
            }));
  }

  private boolean isRefused() {
    try (Socket socket = open()) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }

  private Socket open() throws IOException {
    var socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
  }

  /** One answer that ends with a brace. */
  private static String read(Socket socket) throws IOException {
    var answer = new StringBuilder();
    byte[] part = new byte[8192];
    while (answer.indexOf("}", Math.max(0, answer.length() - 1)) < 0) {
      int length = socket.getInputStream().read(part);
      if (length < 0) {
        break;
      }
      answer.append(new String(part, 0, length, ISO_8859_1));
    }
    return answer.toString();
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(20, TimeUnit.SECONDS).await();
  }
}
