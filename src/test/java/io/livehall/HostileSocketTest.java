package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Clients that are broken, or mean harm: each is told, closed and counted, and leaves nothing. */
class HostileSocketTest {
  private static final byte[] PING = "{\"t\":\"ping\"}".getBytes(UTF_8);

  private static final ListAppender<ILoggingEvent> LINES = new ListAppender<>();
  private static TestServer server;
  private static App ops;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    ops = server.ops();
    LINES.start();
    log().addAppender(LINES);
  }

  /** Whatever strangers do, the log is for us. */
  @AfterAll
  static void stop() {
    try {
      await()
          .untilAsserted(
              () -> {
                assertThat(ops.metric("livehall_push_views")).isZero();
                assertThat(ops.metric("livehall_push_rooms")).isZero();
              });
      assertThat(LINES.list)
          .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
          .isEmpty();
    } finally {
      log().detachAppender(LINES);
      server.close();
    }
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        of("a frame over 4 KB", wire -> wire.send(PushWire.TEXT, new byte[4097])),
        of(
            "a frame without end",
            wire -> wire.send(new byte[] {-127, -1, 64, 0, 0, 0, 0, 0, 0, 0})),
        of("an unmasked frame", wire -> wire.send(PushWire.unmasked(PushWire.TEXT, PING))),
        of("a binary frame", wire -> wire.send(PushWire.BINARY, PING)),
        of("an unknown type", wire -> say(wire, "{\"t\":\"shout\"}")),
        of("no type", wire -> say(wire, "{}")),
        of("no JSON", wire -> say(wire, "hello")),
        of("nothing", wire -> say(wire, "")),
        of("half a JSON", wire -> say(wire, "{\"t\":\"ping\"")),
        of("two at once", wire -> say(wire, "{\"t\":\"ping\"}{\"t\":\"ping\"}")),
        of("a JSON array", wire -> say(wire, "[{\"t\":\"ping\"}]")),
        of("a deep JSON", wire -> say(wire, "{\"t\":\"ping\",\"a\":" + deep(1_900) + "}")),
        of("no UTF-8", wire -> wire.send(PushWire.TEXT, "{\"t\":\"\u00e9\"}".getBytes(ISO_8859_1))),
        of("reserved bits", wire -> wire.send(PushWire.TEXT | 0x40, PING)),
        of("a reserved kind", wire -> wire.send(0x83, PING)),
        of("a long ping", wire -> wire.send(PushWire.PING, new byte[126])),
        of("half a ping", wire -> wire.send(PushWire.PING & 0x7F, new byte[1])),
        of("a second half only", wire -> wire.send(0x80, PING)),
        of("a message within another", HostileSocketTest::interleaved),
        of("too much in parts", wire -> inParts(wire, new byte[4097], 100)),
        of("a close of one byte", wire -> wire.send(PushWire.CLOSE, new byte[1])),
        of("a close that says 1005", wire -> wire.send(PushWire.CLOSE, new byte[] {3, -19})));
  }

  /** So that each test counts its own. */
  @AfterEach
  void awaitNobody() {
    await()
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(ops.metric("livehall_push_connections")).isZero());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void whatNoClientMaySayIsToldAndEnds(String name, Consumer<PushWire> harm) {
    double closed = closed("4400");
    try (PushClient client = server.viewer()) {
      client.ask(subHall("newest", 20), "snap");

      long begun = System.nanoTime();
      harm.accept(client.wire());

      assertThat(client.await("error").getString("code")).isEqualTo("INVALID");
      assertThat(client.closeCode()).isEqualTo(4400);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_500));
      assertThat(closed("4400")).isEqualTo(closed + 1);
    }
  }

  @Test
  void aMessageMayComeInParts() {
    try (PushClient client = server.viewer()) {
      inParts(client.wire(), "{\"t\":\"ping\"}".getBytes(UTF_8), 5);
      client.await("pong");
      byte[] long4096 = ("{\"t\":\"ping\"" + " ".repeat(4084) + "}").getBytes(UTF_8);
      inParts(client.wire(), long4096, 1000);
      client.await("pong");
      client.wire().send(PushWire.TEXT, long4096);
      client.await("pong");
    }
  }

  static Stream<Arguments> floods() {
    return Stream.of(
        of("messages", wire -> wire.send(PushWire.TEXT, PING)),
        of("pings", wire -> wire.send(PushWire.PING, new byte[0])),
        of("pongs", wire -> wire.send(PushWire.PONG, new byte[0])),
        of("subscriptions", wire -> say(wire, subHall("newest", 1).encode())),
        of("empty parts", wire -> wire.send(0x00, new byte[0])));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void aHundredAndTwentyAMinuteAreEnough(String name, Consumer<PushWire> drop) {
    double closed = closed("4029");
    try (PushClient client = server.viewer()) {
      if (name.equals("empty parts")) {
        client.wire().send(0x01, new byte[0]);
      }

      for (int i = 0; i < 125; i++) {
        drop.accept(client.wire());
      }

      assertThat(client.await("error").getString("code")).isEqualTo("RATE_LIMITED");
      assertThat(client.closeCode()).isEqualTo(4029);
      assertThat(closed("4029")).isEqualTo(closed + 1);
    }
  }

  @Test
  void aHundredAndTwentyAtOnceAreHeard() {
    try (PushClient client = server.viewer()) {
      for (int i = 0; i < 119; i++) {
        client.say(frame("ping"));
      }
      for (int i = 0; i < 119; i++) {
        client.await("pong");
      }
    }
  }

  private static Arguments of(String name, Consumer<PushWire> harm) {
    return arguments(name, harm);
  }

  private static void say(PushWire wire, String text) {
    wire.send(PushWire.TEXT, text.getBytes(UTF_8));
  }

  private static void interleaved(PushWire wire) {
    wire.send(0x01, PING);
    wire.send(PushWire.TEXT, PING);
  }

  private static void inParts(PushWire wire, byte[] message, int size) {
    for (int at = 0; at < message.length; at += size) {
      int end = Math.min(message.length, at + size);
      byte[] part = Arrays.copyOfRange(message, at, end);
      wire.send((at == 0 ? 1 : 0) | (end == message.length ? 0x80 : 0), part);
    }
  }

  private static String deep(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private static double closed(String result) {
    return ops.metric("livehall_push_closed_total{result=\"" + result + "\"}");
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
