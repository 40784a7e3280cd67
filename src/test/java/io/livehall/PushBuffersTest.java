package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Frames lie outside the heap: one that nobody gives back is lost for good. */
class PushBuffersTest {
  private static final String PICTURE = "https://pictures.example.com/" + "p".repeat(900);
  private static final String ON_PURPOSE = "lost on purpose";

  private static final ListAppender<ILoggingEvent> LINES = new ListAppender<>();
  private static TestServer server;
  private static ResourceLeakDetector.Level before;

  /** Behind the start: whatever the level was, Vert.x sets it once. */
  @BeforeAll
  static void lookAtEveryBuffer() {
    server =
        TestServer.start(
            "HALL_TICKEVERY", "10ms", "HALL_COUNTEVERY", "20ms", "HALL_MARKEVERY", "100ms");
    before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    LINES.start();
    log().addAppender(LINES);
  }

  @AfterAll
  static void lookNoMore() {
    log().detachAppender(LINES);
    ResourceLeakDetector.setLevel(before);
  }

  @Test
  void everyBufferIsGivenBack() {
    for (int i = 0; i < 10; i++) {
      App.Own room = server.app().openLive("wordy" + i);
      App.good(server.app().edit(room, new JsonObject().put("coverUrl", PICTURE)));
    }
    for (int round = 0; round < 2; round++) {
      visit(round);
    }
    assertThat(server.ops().metric("livehall_push_skipped_total{result=\"delta\"}")).isPositive();
    PushClient left = server.viewer();
    left.ask(subHall("newest", 20), "snap");
    server.close();
    left.close();

    PooledByteBufAllocator.DEFAULT.directBuffer(16).touch(ON_PURPOSE);
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc(); // what is lost is found when it is collected
              PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
              return lost().stream().anyMatch(line -> line.contains(ON_PURPOSE));
            });

    assertThat(lost()).allMatch(line -> line.contains(ON_PURPOSE));
  }

  /** Everything that makes a frame, and every way for one not to arrive. */
  private static void visit(int round) {
    App app = server.app();
    App.Own room = app.openLive("host" + round);
    JsonObject held = app.list("").getJsonObject("asOf");
    try (PushClient client = server.viewer();
        PushClient resumed = server.viewer();
        PushClient wrong = server.viewer();
        PushClient guest = server.guest("guest");
        PushClient hasty = server.guest("hasty");
        PushWire unread = new PushWire(server.pushPort(), 4096, "127.0.0.1")) {
      PushClient.on(unread).hello().say(subHall("newest", 100));
      client.ask(subHall("newest", 20), "snap");
      client.ask(subHall("hot", 1), "snap");
      client.ask(subRoom(room.id()), "room");
      client.ask(frame("watch").put("rooms", new JsonArray().add(room.id())), "count");
      for (int i = 0; i < 40; i++) {
        App.good(app.edit(room, new JsonObject().put("coverUrl", PICTURE + i)));
        unread.send(PushWire.TEXT, subHall("newest", 100).encode().getBytes(UTF_8));
      }
      client.await("changed");
      client.await("delta");
      server.tell(room.id(), 1 + round, 2);
      client.await("count");
      client.await("mark");
      for (int i = 0; i < 3; i++) {
        resumed.ask(subHall("newest", 20).put("since", held), "delta");
      }
      resumed.ask(frame("resync").put("ch", "hall:newest:20"), "snap");
      resumed.say(frame("unsub").put("ch", "hall:newest:20"));
      resumed.ask(subHall("newest", 0), "error");
      resumed.wire().send(PushWire.PING, new byte[9]);
      wrong.wire().send(0x01, new byte[100]);
      wrong.wire().send(PushWire.BINARY, new byte[100]);
      assertThat(wrong.closeCode()).isEqualTo(4400);
      resumed.wire().reset();
      JsonObject like = frame("like").put("room", room.id()).put("n", 20);
      hasty.say(Stream.of(like, frame("enter").put("room", room.id()), like));
      hasty.wire().reset();
      guest.ask(frame("enter").put("room", room.id()), "entered");
      client.await("joined");
      guest.say(Stream.generate(() -> like).limit(9));
      guest.await("liked");
      guest.await("error");
      App.good(app.close(room));
      client.await("closed");
      guest.await("closed");
    }
  }

  private static List<String> lost() {
    return LINES.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.contains("LEAK"))
        .toList();
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
