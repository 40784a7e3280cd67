package io.livehall.protocol.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.protocol.push.Incoming.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncomingTest {
  private static final int A_MINUTE = 6;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long BEGIN = Long.MAX_VALUE - SECOND; // such a clock may run over

  private final Incoming incoming = new Incoming(A_MINUTE, BEGIN);

  @AfterEach
  void end() {
    incoming.end();
  }

  @Test
  void aWholeMessageIsThere() {
    assertThat(take(text(true, "hällo"))).isEqualTo(Kind.MESSAGE);
    assertThat(incoming.message().toString(UTF_8)).isEqualTo("hällo");
  }

  @Test
  void partsAreOneMessageAlsoWithAPingBetweenThem() {
    assertThat(take(text(false, "hä"))).isEqualTo(Kind.NOTHING);
    assertThat(take(new PingWebSocketFrame())).isEqualTo(Kind.PING);
    assertThat(take(more(false, "ll"))).isEqualTo(Kind.NOTHING);
    assertThat(take(more(true, "o"))).isEqualTo(Kind.MESSAGE);
    assertThat(incoming.message().toString(UTF_8)).isEqualTo("hällo");

    assertThat(take(text(true, "next"))).isEqualTo(Kind.MESSAGE);
    assertThat(incoming.message().toString(UTF_8)).isEqualTo("next");
  }

  @Test
  void partsThatDoNotBelongTogetherAreNone() {
    assertThat(take(more(true, "end of nothing"))).isEqualTo(Kind.BROKEN);
    assertThat(take(text(false, "begin"))).isEqualTo(Kind.NOTHING);
    assertThat(take(text(true, "begin anew"))).isEqualTo(Kind.BROKEN);
  }

  @Test
  void onlyTextIsUnderstood() {
    assertThat(take(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[2]))))
        .isEqualTo(Kind.BROKEN);
  }

  @Test
  void aMessageHasAtMostFourKilobytesHoweverItComes() {
    assertThat(take(text(true, "x".repeat(4096)))).isEqualTo(Kind.MESSAGE);
    assertThat(take(text(true, "x".repeat(4097)))).isEqualTo(Kind.BROKEN);
    assertThat(take(text(false, "x".repeat(4096)))).isEqualTo(Kind.NOTHING);
    assertThat(take(more(false, "x"))).isEqualTo(Kind.BROKEN);
  }

  @Test
  void everythingButACloseCounts() {
    take(text(true, "a"));
    take(text(false, "b"));
    take(more(true, "c"));
    take(new PingWebSocketFrame());
    take(new PongWebSocketFrame());
    assertThat(take(text(true, "sixth"))).isEqualTo(Kind.MESSAGE);

    assertThat(take(text(true, "seventh"))).isEqualTo(Kind.FLOOD);
    assertThat(take(new PongWebSocketFrame())).isEqualTo(Kind.FLOOD);
    assertThat(take(new CloseWebSocketFrame())).isEqualTo(Kind.CLOSE);
  }

  @Test
  void withTimeThereMayBeMoreAndNeverMoreThanAMinutes() {
    for (int i = 0; i < A_MINUTE; i++) {
      assertThat(take(text(true, "x"))).isEqualTo(Kind.MESSAGE);
    }
    assertThat(incoming.take(text(true, "x"), BEGIN + 21 * SECOND)).isEqualTo(Kind.MESSAGE);
    assertThat(incoming.take(text(true, "x"), BEGIN + 21 * SECOND)).isEqualTo(Kind.MESSAGE);
    assertThat(incoming.take(text(true, "x"), BEGIN + 21 * SECOND)).isEqualTo(Kind.FLOOD);

    for (int i = 0; i < A_MINUTE; i++) {
      assertThat(incoming.take(text(true, "x"), BEGIN + 999 * SECOND)).isEqualTo(Kind.MESSAGE);
    }
    assertThat(incoming.take(text(true, "x"), BEGIN + 999 * SECOND)).isEqualTo(Kind.FLOOD);
  }

  private Kind take(WebSocketFrame frame) {
    return incoming.take(frame, BEGIN);
  }

  private static WebSocketFrame text(boolean isLast, String text) {
    return new TextWebSocketFrame(isLast, 0, bytes(text));
  }

  private static WebSocketFrame more(boolean isLast, String text) {
    return new ContinuationWebSocketFrame(isLast, 0, bytes(text));
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }
}
