package io.livehall.redis;

import static io.livehall.TestStores.await;
import static io.livehall.redis.RedisStage.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.config.LiveConfig;
import io.livehall.domain.RoomId;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counters behind TLS, which something else than Redis speaks here. */
class RedisTlsTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final String PASSWORD = "not-a-secret";

  private final NetClient client = TestStores.vertx().createNetClient();
  @TempDir Path directory;

  @AfterEach
  void trustAsBefore() {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_PASSWORD);
    await(client.close());
  }

  @Test
  void redissIsReachedWhereItsCertificateIsThatOfTheHost() throws Exception {
    NetServer door = door("ip:127.0.0.1");
    RedisCounters counters = reached(counters(door));
    RedisStage stage = new RedisStage(counters);
    RoomId room = stage.open();

    stage.like(room, 42);

    assertThat(stage.tally(room).likes()).isEqualTo(42);
    await(counters.close());
    await(door.close());
  }

  @Test
  void certificateOfAnotherHostIsRefused() throws Exception {
    NetServer door = door("ip:127.0.0.2");
    RedisCounters counters = counters(door);

    Awaitility.await()
        .pollInSameThread()
        .during(Duration.ofMillis(500))
        .until(() -> !RedisStage.isReached(counters));
    await(counters.close());
    await(door.close());
  }

  /** Speaks TLS with a certificate for this name, which is trusted, and hands on to Redis. */
  private NetServer door(String name) throws Exception {
    Path keys = directory.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> words =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-keystore",
            keys.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-dname",
            "CN=redis",
            "-ext",
            "san=" + name);
    assertThat(new ProcessBuilder(words).redirectErrorStream(true).start().waitFor()).isZero();
    System.setProperty(TRUST_STORE, keys.toString());
    System.setProperty(TRUST_PASSWORD, PASSWORD);
    var options =
        new NetServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
    return await(TestStores.vertx().createNetServer(options).connectHandler(this::handOn).listen());
  }

  private void handOn(NetSocket outside) {
    URI redis = URI.create(TestStores.redisUri());
    outside.pause();
    client
        .connect(redis.getPort(), redis.getHost())
        .onSuccess(
            inside -> {
              outside.handler(inside::write).endHandler(over -> inside.close());
              inside.handler(outside::write).endHandler(over -> outside.close());
              outside.resume();
            });
  }

  private static RedisCounters counters(NetServer door) {
    String redis = TestStores.redisUri();
    int inside = URI.create(redis).getPort();
    String uri =
        redis.replace("redis://", "rediss://").replace(":" + inside, ":" + door.actualPort());
    LiveConfig config = LiveConfig.load(Optional.empty(), Map.of());
    var terms = new RedisCounters.Terms(Duration.ofMinutes(1), 20, 100, 10, Duration.ofSeconds(1));
    return new RedisCounters(TestStores.vertx(), RedisTarget.options(uri, config.redis()), terms);
  }
}
