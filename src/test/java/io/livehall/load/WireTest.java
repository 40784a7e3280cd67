package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
  private final Vertx vertx = Vertx.vertx();
  private final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
  private int port;

  /** Hears one thing. */
  private static final class Ear implements Link.User {
    private final CompletableFuture<String> heard = new CompletableFuture<>();

    @Override
    public void opened() {}

    @Override
    public void text(ByteBuf payload, int wireBytes) {
      heard.complete(payload.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void ended(Link.End end) {
      heard.complete("ended: " + end.why());
    }
  }

  @BeforeEach
  void serve() {
    var options =
        new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions());
    port =
        vertx
            .createHttpServer(options)
            .webSocketHandler(socket -> socket.writeTextMessage("hello"))
            .listen(0, "localhost")
            .await()
            .actualPort();
  }

  @AfterEach
  void end() {
    vertx.close().await();
    certificate.delete();
  }

  @Test
  void speaksTlsWhereTheAddressSaysWss() throws Exception {
    var trust = SslContextBuilder.forClient().trustManager(new File(certificate.certificatePath()));

    assertThat(heardBy(new Wire(1, trust))).isEqualTo("hello");
  }

  @Test
  void speaksToNobodyWhomItDoesNotTrust() throws Exception {
    assertThat(heardBy(new Wire(1))).startsWith("ended: lost");
  }

  private String heardBy(Wire wire) throws Exception {
    try (wire) {
      var ear = new Ear();
      URI address = URI.create("wss://localhost:" + port + "/v1/live");
      wire.loops().get(0).execute(() -> wire.open(wire.loops().get(0), address, ear));
      return ear.heard.get(10, TimeUnit.SECONDS);
    }
  }
}
