package io.livehall;

import static io.livehall.PushClient.enter;
import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subRoom;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Viewers with several sockets, and sockets that are gone before they were heard. */
class PushTabsTest {
  private static TestServer server;
  private static App app;
  private static App ops;
  private static int hosts;

  /** Leases last a minute here: who is gone before did not wait for their end. */
  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "PUSH_MESSAGESPERMINUTE",
            "10000",
            "HALL_COUNTEVERY",
            "20ms",
            "COUNTERS_TELLEVERY",
            "20ms",
            "ROOMS_POLLEVERY",
            "1h");
    app = server.app();
    ops = server.ops();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** However a test ends its sockets, nobody is left behind. */
  @AfterEach
  void awaitNobody() {
    await().until(() -> ops.metric("livehall_push_viewers") == 0);
  }

  @Test
  void twoTabsCountOnceAndTheLastTakesHimOut() {
    App.Own room = live();
    try (PushClient first = server.guest("ana");
        PushClient second = server.guest("ana");
        PushClient other = server.guest("jie")) {
      first.ask(enter(room.id()), "entered");
      second.ask(enter(room.id()), "entered");
      awaitViewers(room, 1);

      first.close();
      awaitConnections(2);
      other.ask(enter(room.id()), "entered");
      awaitViewers(room, 2);

      second.close();
      awaitViewers(room, 1);
    }
  }

  @Test
  void whoIsGoneBeforeHeIsInIsNotIn() {
    App.Own room = live();
    for (int i = 0; i < 20; i++) {
      try (PushClient client = server.guest("hasty" + i)) {
        client.say(enter(room.id()));
      }
    }
    try (PushClient last = server.guest("last")) {
      last.ask(enter(room.id()), "entered");
      awaitViewers(room, 1);
    }
    awaitViewers(room, 0);
  }

  /** What he said may be read when it is known already that he is gone. */
  @Test
  void whoTearsOffWhileHeSpeaksLeavesNothingBehind() {
    App.Own room = live();
    for (int i = 0; i < 50; i++) {
      PushClient client = server.guest("torn");
      JsonObject ping = frame("ping");
      client.say(
          Stream.of(
              ping,
              ping,
              ping,
              enter(room.id()),
              ping,
              subRoom(room.id()),
              ping,
              ping,
              enter(room.id())));
      client.wire().reset();
    }

    await().until(() -> ops.metric("livehall_push_connections") == 0);
    await().until(() -> ops.metric("livehall_push_rooms") == 0);
    awaitViewers(room, 0);
  }

  /** Many tabs of a few users on several loops: they come, go, and are torn off. */
  @Test
  void whateverTheyDoInTheEndEachRoomHasThoseWhoAreThere() {
    var random = new Random(4);
    List<App.Own> rooms = Stream.generate(PushTabsTest::live).limit(3).toList();
    Map<Integer, Tab> tabs = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      int number = random.nextInt(9);
      Tab tab = tabs.computeIfAbsent(number, n -> new Tab(server.guest("user" + n % 3)));
      App.Own room = rooms.get(random.nextInt(rooms.size()));
      if (random.nextInt(20) == 0) {
        tabs.remove(number).client.wire().reset();
      } else if (random.nextBoolean()) {
        tab.client.say(enter(room.id()));
        tab.rooms.add(room);
      } else {
        tab.client.say(leave(room));
        tab.rooms.remove(room);
      }
    }

    for (App.Own room : rooms) {
      long users =
          tabs.entrySet().stream()
              .filter(tab -> tab.getValue().rooms.contains(room))
              .map(tab -> tab.getKey() % 3)
              .distinct()
              .count();
      awaitViewers(room, users);
    }
    tabs.values().forEach(tab -> tab.client.close());
    rooms.forEach(room -> awaitViewers(room, 0));
  }

  /** A socket, and the rooms in which its user said last that he is. */
  private record Tab(PushClient client, Set<App.Own> rooms) {
    Tab(PushClient client) {
      this(client, new HashSet<>());
    }
  }

  private static JsonObject leave(App.Own room) {
    return frame("leave").put("room", room.id());
  }

  private static App.Own live() {
    return app.openLive("tabs" + hosts++);
  }

  private static void awaitViewers(App.Own room, long viewers) {
    await().until(() -> app.find(room).getLong("viewers") == viewers);
  }

  private static void awaitConnections(int connections) {
    await().until(() -> ops.metric("livehall_push_connections") == connections);
  }
}
