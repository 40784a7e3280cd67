package io.livehall.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code HttpRate PORT HOSTS}: durable changes per second through the API, each host on a
 * connection of its own. Tokens are signed here with the key in {@code LIVEHALL_TOKENS_KEY}.
 */
public final class HttpRate {
  private HttpRate() {}

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    int hosts = Integer.parseInt(arguments[1]);
    Vertx vertx = Vertx.vertx();
    try {
      NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
      Context loop = vertx.getOrCreateContext();
      new Laps(loop, connect(loop, client, port, hosts)).run();
    } finally {
      vertx.close().await();
    }
  }

  private static List<HttpHost> connect(Context loop, NetClient client, int port, int hosts) {
    Promise<List<HttpHost>> connected = Promise.promise();
    loop.runOnContext(
        now -> {
          List<Future<HttpHost>> connecting =
              IntStream.range(0, hosts)
                  .mapToObj(
                      n ->
                          client
                              .connect(port, "127.0.0.1")
                              .map(socket -> new HttpHost(socket, token("http_" + n))))
                  .toList();
          Future.all(connecting)
              .map(all -> connecting.stream().map(Future::result).toList())
              .onComplete(connected);
        });
    return connected.future().await();
  }

  static String token(String user) {
    long end = System.currentTimeMillis() / 1000 + 3600;
    String claims = "{\"sub\":\"" + user + "\",\"role\":\"user\",\"exp\":" + end + "}";
    String signed =
        base64(ascii("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")) + "." + base64(ascii(claims));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(ascii(System.getenv("LIVEHALL_TOKENS_KEY")), "HmacSHA256"));
      return signed + "." + base64(mac.doFinal(ascii(signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
