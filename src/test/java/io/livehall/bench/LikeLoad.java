package io.livehall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code LikeLoad http|ws PORT CONNECTIONS ROOMS}: gives likes, over HTTP one at a time on each
 * connection, over the socket so many at a time. A lap is a line on standard input, {@code SECONDS
 * RATE}: with a rate so many are given each second, without (0) as many as are answered. The line
 * printed for it: likes answered each second, milliseconds for half and for 99 of 100 of the
 * answers, how many were refused, and how many are still without an answer. Belongs to one event
 * loop.
 */
public final class LikeLoad {
  private static final int BUCKETS = 200_000;
  private static final long BUCKET_NANOS = 10_000;

  private final EventLoop loop;
  private final List<Liker> likers = new ArrayList<>();
  private final int[] answersByTime = new int[BUCKETS];
  private long answered;
  private long refused;
  private long given;
  private long begun;
  private long end;
  private double rate;
  private int turn;
  private boolean isOver;

  /** One connection that likes. Belongs to the loop. */
  interface Liker {
    /** Whether one more can be given now; gives it if so, with the next flush at the latest. */
    boolean give();

    void flush();

    int waiting();
  }

  private LikeLoad(EventLoop loop) {
    this.loop = loop;
  }

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    int connections = Integer.parseInt(arguments[2]);
    int rooms = Integer.parseInt(arguments[3]);
    var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      var load = new LikeLoad(group.next());
      for (int n = 0; n < connections; n++) {
        var ready = new CompletableFuture<Liker>();
        if (arguments[0].equals("http")) {
          HttpLiker.open(load, port, new HttpLiker.Part(n, connections, rooms), ready);
        } else {
          SocketLiker.open(load, port, new HttpLiker.Part(n, connections, rooms), ready);
        }
        load.likers.add(ready.get(20, TimeUnit.SECONDS));
      }
      load.run();
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  EventLoop loop() {
    return loop;
  }

  /** Whether likes are given as fast as they are answered, and the lap is not over. */
  boolean goesOn() {
    return rate == 0 && System.nanoTime() < end;
  }

  void answered(int likes, long since) {
    long now = System.nanoTime();
    answersByTime[(int) Math.min(BUCKETS - 1, (now - since) / BUCKET_NANOS)]++;
    if (now < end) {
      answered += likes;
    }
  }

  void refused(int likes) {
    refused += likes;
  }

  /** A load that lost a connection measures nothing. */
  void broken(String why) {
    if (!isOver) {
      System.err.println(why);
      System.exit(1);
    }
  }

  private void run() throws Exception {
    var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.trim().split(" ");
      double seconds = Double.parseDouble(words[0]);
      double wanted = words.length > 1 ? Double.parseDouble(words[1]) : 0;
      loop.submit(() -> begin(seconds, wanted)).get();
      TimeUnit.MILLISECONDS.sleep((long) (seconds * 1000) + 500);
      System.out.println(loop.submit(() -> told(seconds)).get());
    }
    loop.submit(() -> isOver = true).get();
  }

  private void begin(double seconds, double wanted) {
    java.util.Arrays.fill(answersByTime, 0);
    answered = 0;
    refused = 0;
    given = 0;
    rate = wanted;
    begun = System.nanoTime();
    end = begun + (long) (seconds * 1e9);
    if (rate > 0) {
      pace();
    } else {
      likers.forEach(
          liker -> {
            while (liker.give()) {}
            liker.flush();
          });
    }
  }

  /** What is due by now is given; what finds no connection free is late, and given then. */
  private void pace() {
    long now = System.nanoTime();
    if (now >= end) {
      return;
    }
    long due = (long) ((now - begun) / 1e9 * rate);
    int idle = 0;
    while (given < due && idle < likers.size()) {
      turn = (turn + 1) % likers.size();
      if (likers.get(turn).give()) {
        given++;
        idle = 0;
      } else {
        idle++;
      }
    }
    likers.forEach(Liker::flush);
    loop.schedule(this::pace, 500, TimeUnit.MICROSECONDS);
  }

  private String told(double seconds) {
    int waiting = likers.stream().mapToInt(Liker::waiting).sum();
    return String.format(
        Locale.ROOT,
        "%.0f %.2f %.2f %d %d",
        answered / seconds,
        percentile(0.50),
        percentile(0.99),
        refused,
        waiting);
  }

  private double percentile(double part) {
    long all = 0;
    for (int answers : answersByTime) {
      all += answers;
    }
    long left = (long) Math.ceil(all * part);
    for (int i = 0; i < BUCKETS; i++) {
      left -= answersByTime[i];
      if (left <= 0) {
        return (i + 1) * BUCKET_NANOS / 1e6;
      }
    }
    return 0;
  }
}
