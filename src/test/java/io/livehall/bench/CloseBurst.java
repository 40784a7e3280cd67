package io.livehall.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From the end of a room to the moment when the last of its viewers knows.
 *
 * <p>{@code CloseBurst ours PUSH_PORT HTTP_PORT VIEWERS ROUNDS STALLED} prints, in milliseconds:
 * from the commit to the last viewer (median, and what 99 of 100 rounds do not exceed), from the
 * first to the last (median), and the first figure again for rounds in which so many of the viewers
 * read nothing. {@code CloseBurst raw PORT VIEWERS ROUNDS} prints, of a server that writes the same
 * text to everyone when it is posted: from the post to the last, and from the first to the last.
 */
public final class CloseBurst {
  private static final int UNCOUNTED = 5;
  private static final String NOTICE =
      "{\"t\":\"closed\",\"room\":\"r00000000000000a\",\"seq\":12345,\"reason\":\"HOST_ENDED\","
          + "\"summary\":{\"durationSeconds\":0,\"likes\":0,\"peakViewers\":0,\"visits\":0}}";

  private CloseBurst() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    if (arguments[0].equals("raw")) {
      raw(port, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      return;
    }
    int http = Integer.parseInt(arguments[2]);
    int stalled = Integer.parseInt(arguments[5]);
    ours(
        port,
        http,
        new Size(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), stalled));
  }

  private record Size(int viewers, int rounds, int stalled) {}

  private record Burst(double lastMillis, double spreadMillis) {}

  private static void ours(int port, int httpPort, Size size) throws Exception {
    try (var audience = new Audience(port, true);
        var http = new PlainHttp(httpPort)) {
      var evening = new Evening(audience, new OneHost(http, "closer"));
      List<Wire> reading = audience.open(size.viewers());
      var stalled = new Stalled(audience, size.stalled());
      List<Burst> all = new ArrayList<>();
      List<Burst> some = new ArrayList<>();
      for (int i = -UNCOUNTED; i < size.rounds(); i++) {
        Burst burst = evening.round(reading, List.of());
        // By turns, so that a drift of the machine hits both.
        Burst beside = stalled.isEmpty() ? burst : evening.beside(reading, stalled);
        if (i >= 0) {
          all.add(burst);
          some.add(beside);
        }
      }
      stalled.requireThatTheyWereBehind();
      List<Double> last = all.stream().map(Burst::lastMillis).toList();
      print(
          Medians.median(last),
          Medians.percentile(last, 99),
          Medians.median(all.stream().map(Burst::spreadMillis).toList()),
          Medians.median(some.stream().map(Burst::lastMillis).toList()));
    }
  }

  /** One room after the other. */
  private record Evening(Audience audience, OneHost host) {
    Burst beside(List<Wire> reading, Stalled stalled) throws IOException {
      stalled.expectOneMore();
      return round(reading.subList(stalled.wires().size(), reading.size()), stalled.wires());
    }

    Burst round(List<Wire> reading, List<Wire> stalled) throws IOException {
      String room = host.goLive();
      String sub = "{\"t\":\"sub\",\"view\":\"room\",\"room\":\"" + room + "\"}";
      Heard seated = audience.expect("{\"t\":\"room\",\"ch\":\"room:" + room + '"', reading.size());
      audience.say(stalled, sub);
      audience.say(reading, sub);
      seated.await();
      Heard told = audience.expect("{\"t\":\"closed\",\"room\":\"" + room + '"', reading.size());
      Instant closedAt = host.end(room);
      told.await();
      return new Burst(told.lastMillisAfter(closedAt), told.spreadMillis());
    }
  }

  private static void raw(int port, int viewers, int rounds) throws Exception {
    try (var audience = new Audience(port, false);
        var http = new PlainHttp(port)) {
      audience.open(viewers);
      List<Double> last = new ArrayList<>();
      List<Double> spread = new ArrayList<>();
      for (int i = -UNCOUNTED; i < rounds; i++) {
        Heard told = audience.expect(NOTICE, viewers);
        Instant begun = Instant.now();
        http.post("/pub", NOTICE);
        told.await();
        if (i >= 0) {
          last.add(told.lastMillisAfter(begun));
          spread.add(told.spreadMillis());
        }
      }
      print(Medians.median(last), Medians.median(spread));
    }
  }

  private static void print(double... figures) {
    var line = new StringBuilder();
    for (double figure : figures) {
      line.append(String.format(Locale.ROOT, "%.2f ", figure));
    }
    System.out.println(line.toString().trim());
  }
}
