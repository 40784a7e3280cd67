package io.livehall;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.livehall.domain.Position;
import io.livehall.load.Frame;
import io.livehall.load.ListMirror;
import io.livehall.load.RoomMirror;
import io.livehall.load.Step;
import io.livehall.load.Verdict;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A viewer who goes from node to node as it comes, often without a word, and resumes from what he
 * holds, or from something older that he held once. He remembers every frame that was wrong.
 */
final class Follower implements AutoCloseable {
  private static final int FRAMES_ON_A_NODE_MAX = 12;

  private final Random random;
  private final List<Integer> ports;
  private final JsonObject wish;
  private final Thread thread;
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final List<ListMirror> past = new ArrayList<>();
  private volatile ListMirror list;
  private volatile @Nullable RoomMirror room;
  private volatile boolean isSettled;
  private volatile boolean isOver;
  private volatile int port;

  /**
   * @param ports of the nodes; one that is away is left soon
   * @param wish the view that he looks at, as {@code sub}
   * @param roomId a room that he sits in; null for none
   */
  Follower(long seed, List<Integer> ports, JsonObject wish, @Nullable String roomId) {
    this.random = new Random(seed);
    this.ports = ports;
    this.wish = wish;
    this.room = roomId == null ? null : new RoomMirror(roomId);
    this.list = new ListMirror(channel(wish));
    this.thread = new Thread(this::live, "follower-" + seed);
    thread.setDaemon(true);
    thread.start();
  }

  /** From here on he stays where he is. */
  void settle() {
    isSettled = true;
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  int port() {
    return port;
  }

  /** Ids and versions in their order. */
  List<String> shown() {
    return list.rooms().stream().map(shown -> shown.id() + ":" + shown.version()).toList();
  }

  /** The same list by REST. */
  String query() {
    String tag = wish.getString("tag");
    String query = "?sort=" + wish.getString("sort") + "&limit=" + wish.getInteger("limit");
    return tag == null ? query : query + "&tag=" + URLEncoder.encode(tag, UTF_8);
  }

  /** Whether he was told what his room is, or that it is over. */
  boolean isInRoom() {
    RoomMirror mine = room;
    return mine != null && (mine.room() != null || mine.isOver());
  }

  /** Whether he was told that his room is over. */
  boolean knowsTheEnd() {
    RoomMirror mine = room;
    return mine != null && mine.isOver();
  }

  @Override
  public void close() {
    isOver = true;
    thread.interrupt();
  }

  private void live() {
    while (!isOver) {
      port = ports.get(random.nextInt(ports.size()));
      try (PushClient client = PushClient.connect(port)) {
        visit(client.hello());
      } catch (UncheckedIOException | AssertionError away) {
        pause();
      }
    }
  }

  private void visit(PushClient client) {
    boolean wasAsleep = !past.isEmpty() && random.nextInt(4) == 0;
    list = (wasAsleep ? past.get(random.nextInt(past.size())) : list).next();
    client.say(sub());
    RoomMirror mine = room;
    if (mine != null && !mine.isOver()) {
      room = mine.next();
      client.say(PushClient.subRoom(mine.id()));
    }
    int left = random.nextInt(FRAMES_ON_A_NODE_MAX);
    while (!isOver && (isSettled || left-- > 0)) {
      hear(client, client.await(frame -> true).encode());
    }
  }

  private void hear(PushClient client, String text) {
    Frame frame = Frame.of(text);
    Step step = list.apply(frame);
    judge(step, text);
    if (step.asksResync()) {
      client.say(PushClient.frame("resync").put("ch", list.channel()));
    }
    RoomMirror mine = room;
    if (mine != null) {
      judge(mine.apply(frame), text);
    }
    if (frame instanceof Frame.Refused || frame instanceof Frame.Malformed) {
      faults.add(text);
    }
    if (frame instanceof Frame.Delta && past.size() < 50) {
      past.add(list.next());
    }
  }

  /** Sockets lose nothing, so not even a gap may be seen. */
  private void judge(Step step, String text) {
    if (step.verdict().isWrong() || step.verdict() == Verdict.GAP) {
      faults.add(step.verdict() + " on " + port + " of " + list.since() + ": " + text);
    }
  }

  private String sub() {
    JsonObject sub = wish.copy();
    Position since = list.since();
    if (since != null) {
      sub.put("since", new JsonObject().put("epoch", since.epoch()).put("seq", since.seq()));
    }
    return sub.encode();
  }

  private static String channel(JsonObject wish) {
    String tag = wish.getString("tag");
    String view = "hall:" + wish.getString("sort") + ":" + wish.getInteger("limit");
    return tag == null ? view : view + ":" + tag;
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }
}
