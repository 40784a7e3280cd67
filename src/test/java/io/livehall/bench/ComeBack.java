package io.livehall.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code ComeBack PUSH_1 PUSH_2 HTTP_2 OPS_2 PID_1 VIEWERS}: viewers look at the list on the first
 * node, which is killed; each comes back on the second and goes on from where he was, while rooms
 * open and close. Prints after how many milliseconds from the kill all were right; how many
 * statements the second node sent to the database in ten seconds beyond those of ten seconds in
 * which the same rooms opened and closed and nobody came; and how many viewers were taken up with a
 * delta.
 */
public final class ComeBack implements AutoCloseable {
  private static final int AT_ONCE = 500;
  private static final long PATIENCE_MS = 60_000;
  private static final long LOOK_EVERY_MS = 20;
  private static final int CHANGES = 3;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final PlainHttp api;
  private final Statements statements;
  private final List<Returner> viewers = new ArrayList<>();
  private int hosts;

  private ComeBack(int httpPort, int opsPort) throws IOException {
    this.api = new PlainHttp(httpPort);
    this.statements = new Statements(new PlainHttp(opsPort));
  }

  public static void main(String[] arguments) throws Exception {
    int[] number = List.of(arguments).stream().mapToInt(Integer::parseInt).toArray();
    ProcessHandle first =
        ProcessHandle.of(number[4]).orElseThrow(() -> new IllegalStateException("no first node"));
    try (var program = new ComeBack(number[2], number[3])) {
      program.fill(number[0], number[1], number[5]);
      System.out.println(program.measure(first));
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private void fill(int firstPort, int secondPort, int count) throws Exception {
    ShownList truth = truth();
    for (int from = 0; from < count; from += AT_ONCE) {
      List<Returner> some = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
        some.add(new Returner(loop, firstPort, secondPort));
      }
      loop.execute(() -> some.forEach(Returner::come));
      viewers.addAll(some);
      awaitAll(some, viewer -> viewer.isRight(truth));
    }
  }

  private String measure(ProcessHandle first) throws Exception {
    long phase = statements.quietPhase();
    long usual = statementsDuring(phase, this::changeRooms);
    ShownList before = truth();
    awaitAll(viewers, viewer -> viewer.isRight(before));
    long[] killed = new long[1];
    long then =
        statementsDuring(
            phase,
            () -> {
              killed[0] = System.nanoTime();
              first.destroyForcibly();
              changeRooms();
            });
    ShownList truth = truth();
    awaitAll(viewers, viewer -> viewer.isBack() && viewer.isRight(truth));
    long last = viewers.stream().mapToLong(Returner::movedNanos).max().orElse(0);
    long deltas = viewers.stream().filter(viewer -> viewer.answer().equals("delta")).count();
    return (last - killed[0]) / 1_000_000 + " " + (then - usual) + " " + deltas;
  }

  private interface Work {
    void run() throws Exception;
  }

  /** The work must be done before the time is over. */
  private long statementsDuring(long phase, Work work) throws Exception {
    long before = statements.countAt(phase);
    long begun = System.nanoTime();
    work.run();
    long left = Statements.PERIOD_MS - (System.nanoTime() - begun) / 1_000_000;
    if (left <= 0) {
      throw new IllegalStateException("the rooms took too long to open and close");
    }
    Thread.sleep(left);
    return statements.count() - before;
  }

  /** Rooms that open and close in the first seconds, one host after the other. */
  private void changeRooms() throws Exception {
    for (int i = 0; i < CHANGES; i++) {
      Thread.sleep(Returner.BACK_WITHIN_MS / 5);
      var host = new OneHost(api, "back_" + hosts++);
      String room = host.goLive();
      if (i == 0) {
        host.end(room);
      }
    }
  }

  private ShownList truth() throws IOException {
    var page = new JsonObject(api.get("/v1/rooms?limit=20"));
    return ShownList.of(page.getJsonObject("asOf"), page.getJsonArray("rooms"));
  }

  private void awaitAll(List<Returner> some, Predicate<Returner> isSo) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    List<Returner> left = new ArrayList<>(some);
    while (!left.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(left.size() + " viewers are not right: " + answers(left));
      }
      onLoop(() -> left.removeIf(isSo));
      Thread.sleep(LOOK_EVERY_MS);
    }
  }

  private <T> T onLoop(Callable<T> work) throws Exception {
    return loop.submit(work).get();
  }

  private static Map<String, Long> answers(List<Returner> some) {
    return some.stream().collect(Collectors.groupingBy(Returner::answer, Collectors.counting()));
  }
}
