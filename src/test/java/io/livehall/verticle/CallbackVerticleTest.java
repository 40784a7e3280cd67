package io.livehall.verticle;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.TestStores;
import io.livehall.config.LiveConfig;
import io.livehall.config.Secret;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.postgres.Postgres;
import io.livehall.postgres.PostgresInbox;
import io.livehall.service.Callbacks;
import io.livehall.service.Keeper;
import io.livehall.service.Order;
import io.livehall.tencent.CallbackDoor;
import io.livehall.tencent.CallbackSignature;
import io.livehall.tencent.TencentCallback;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallbackVerticleTest {
  private static final Instant NOW = Instant.ofEpochSecond(1546301000);
  private static final String BEGAN =
      """
      {"event_type":1,"stream_id":"8888_user001","sequence":"667","event_time":1546300800,"t":1546301400,\
      "sign":"798167c40d420af8d98cbe40c95bf95b"}""";

  private final Postgres postgres = TestStores.migratedDatabase();
  private final List<String> counted = new CopyOnWriteArrayList<>();
  private final List<Order.Change> asked = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private CallbackVerticle verticle;
  private String deployment;

  @BeforeEach
  void start() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    var keys = List.of(new Secret("f00dbabe0123456789abcdef00112233"));
    var door = new CallbackDoor(new CallbackSignature(keys, Duration.ofMinutes(15)), true, clock);
    var settings = new Callbacks.Settings(100, Duration.ofDays(7), clock, this::count);
    var callbacks =
        new Callbacks(
            new PostgresInbox(postgres, clock), new NoRooms(), TencentCallback::order, settings);
    verticle = new CallbackVerticle(config(), door, callbacks, this::count);
    deployment = await(TestStores.vertx().deployVerticle(verticle));
  }

  @AfterEach
  void stop() {
    await(TestStores.vertx().undeploy(deployment));
  }

  @Test
  void aTrueCallbackIsStoredThenAnsweredThenActedOn() throws Exception {
    HttpResponse<String> response = post(BEGAN);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"code\":0}");
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    assertThat(stored()).isEqualTo(1);
    await().untilAsserted(() -> assertThat(counted).containsExactly("callbacks unmatched"));
    assertThat(asked).isEqualTo(List.of(TencentCallback.order(BEGAN).orElseThrow()));
  }

  @Test
  void aForgedOneChangesNothingAndIsCounted() throws Exception {
    HttpResponse<String> response = post(BEGAN.replace("798167", "798168"));

    assertRefused(response, 403, "sign");
    assertThat(counted).containsExactly("callbacks forged");
    assertThat(stored()).isZero();
  }

  @Test
  void anExpiredOneIsRefused() throws Exception {
    String expired =
        BEGAN
            .replace("1546301400", "1473126233")
            .replace("798167c40d420af8d98cbe40c95bf95b", "c86bac94cf11a3b9420ebd55e3d741e0");

    assertRefused(post(expired), 403, "t");
    assertThat(counted).containsExactly("callbacks expired");
    assertThat(stored()).isZero();
  }

  @Test
  void aMalformedOneIsRefusedAndItsFieldNamed() throws Exception {
    assertRefused(post(BEGAN.replace("\"667\"", "\"a b\"")), 400, "sequence");
    assertRefused(post("{\"a\":"), 400, "JSON");
    assertRefused(post(""), 400, "JSON");
    assertThat(counted).containsOnly("callbacks malformed").hasSize(3);
    assertThat(stored()).isZero();
  }

  @Test
  void aFormIsRefusedToo() throws Exception {
    for (String type :
        List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
      HttpRequest form =
          request("/callback/tencent")
              .header("content-type", type)
              .POST(HttpRequest.BodyPublishers.ofString("--x\r\na=%zz&b"))
              .build();

      assertThat(send(form).statusCode()).isEqualTo(400);
    }
    assertThat(stored()).isZero();
  }

  @Test
  void tooLargeABodyIsNotRead() throws Exception {
    assertRefused(post("{\"x\":\"" + "x".repeat(5_000) + "\"}"), 413, "large");
  }

  @Test
  void nothingElseIsThere() throws Exception {
    assertRefused(send(request("/callback/tencent").GET().build()), 404, "Nothing");
    assertRefused(send(request("/").GET().build()), 404, "Nothing");
    assertRefused(send(request("/v1/rooms").DELETE().build()), 404, "Nothing");
  }

  @Test
  void withoutItsStoreItAsksTheCloudToComeAgain() throws Exception {
    await(postgres.close());

    HttpResponse<String> response = post(BEGAN);

    assertRefused(response, 503, "again");
    assertThat(response.headers().firstValue("retry-after")).contains("5");
    assertThat(counted).containsExactly("callbacks overload");
  }

  private void count(String what, String result, long times) {
    counted.add(what + " " + result);
  }

  private static LiveConfig.Callback config() {
    return LiveConfig.load(
            Optional.empty(),
            Map.of(
                "LIVEHALL_CALLBACK_PORT", "0",
                "LIVEHALL_CALLBACK_HOST", "127.0.0.1",
                "LIVEHALL_CALLBACK_BODYBYTESMAX", "4096"))
        .callback();
  }

  private HttpResponse<String> post(String body) throws Exception {
    return send(
        request("/callback/tencent")
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + verticle.port() + path))
        .timeout(Duration.ofSeconds(10));
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void assertRefused(HttpResponse<String> response, int status, String names) {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonObject body = new JsonObject(response.body());
    assertThat(body.getInteger("code")).isEqualTo(status);
    assertThat(body.getString("message")).contains(names);
  }

  private long stored() {
    return await(postgres.with(pool -> pool.query("select count(*) from callback").execute()))
        .iterator()
        .next()
        .getLong(0);
  }

  private final class NoRooms implements Keeper {
    @Override
    public Future<Order.Opened> open(Order.Open order) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Order.Kept> change(Order.Change order) {
      asked.add(order);
      return Future.failedFuture(new LiveException(ErrorCode.ROOM_NOT_FOUND, "none"));
    }
  }
}
