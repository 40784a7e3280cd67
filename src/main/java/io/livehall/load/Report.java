package io.livehall.load;

import io.livehall.load.Tally.Count;
import io.livehall.load.Tally.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The result, in a table for people. */
final class Report {
  private static final Map<String, Class<? extends Frame>> FRAMES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("snap", Frame.Snap.class),
              Map.entry("delta", Frame.Delta.class),
              Map.entry("count", Frame.Count.class),
              Map.entry("mark", Frame.Mark.class),
              Map.entry("room", Frame.RoomIs.class),
              Map.entry("changed", Frame.Changed.class),
              Map.entry("interrupted, resumed", Frame.Streaming.class),
              Map.entry("joined, left", Frame.Moved.class),
              Map.entry("closed", Frame.Closed.class),
              Map.entry("entered", Frame.Entered.class),
              Map.entry("liked", Frame.Liked.class),
              Map.entry("error", Frame.Refused.class),
              Map.entry("unknown", Frame.Unknown.class)));

  private final Result result;
  private final Tally measured;
  private final double seconds;
  private final List<String> lines = new ArrayList<>();

  private Report(Result result) {
    this.result = result;
    this.measured = result.measured().tally();
    this.seconds = Math.max(0.001, result.measured().time().toMillis() / 1000.0);
  }

  static List<String> lines(Result result) {
    var report = new Report(result);
    report.deliveries();
    report.latencies();
    report.sockets();
    report.hosts();
    report.vitals();
    report.verdict();
    return report.lines;
  }

  private void deliveries() {
    int viewers = Math.max(1, result.judgement().viewers());
    head("Deliveries in the measured %.1f s: text frames that viewers received", seconds);
    row("viewers", "%,d", result.judgement().viewers());
    long frames = measured.count(Count.FRAMES);
    row("frames", "%,d, %,.0f a second", frames, frames / seconds);
    FRAMES.forEach(
        (name, type) -> {
          if (measured.frames(type) > 0) {
            row("  " + name, "%,d", measured.frames(type));
          }
        });
    double bytes = measured.count(Count.BYTES);
    row("bytes", "%,.0f a viewer and minute, with frame headers", bytes / viewers / seconds * 60);
    row(
        "this tool",
        "%.2f cores (near one for each of --loops: then it is the limit)",
        result.measured().loadCores());
  }

  private void latencies() {
    boolean sayLive = result.options().hosts().sayLive();
    String live =
        sayLive ? "POST …/live" : "POST /dev/streams/…/up, by way of the cloud's callback";
    head("Latency in milliseconds: p50, p90, p99, most (times)");
    lines.add("  from the host's call being sent until a viewer's list shows it:");
    time("  goes live: " + live, Time.LISTED);
    time("  edit: PATCH", Time.EDITED);
    time("  close: POST …/close", Time.CLOSED);
    lines.add("  from the host's call being sent until a viewer in the room is told:");
    time("  edit: changed", Time.ROOM_EDITED);
    time("  close: closed", Time.ROOM_CLOSED);
    lines.add(
        "  from closedAt in the host's answer (the server's clock) until closed is there (ours):");
    time("  close: closed", Time.ROOM_CLOSED_AT);
    lines.add("  from a like being sent until liked is there:");
    time("  like", Time.LIKED);
    lines.add("  a host's call until its answer:");
    time("  all calls", Time.HOST_CALL);
  }

  private void sockets() {
    head("Sockets");
    lines.add("  from connecting until the first view, and from losing a socket, pause included,");
    lines.add("  until the view is right again; milliseconds as above:");
    time("  first view", result.before().time(Time.OPENED).counts());
    Histogram.Counts after = result.after().time(Time.RIGHT_AGAIN).counts();
    time("  right again", measured.time(Time.RIGHT_AGAIN).counts().and(after));
    row(
        "lost",
        "%,d, of these dropped by this tool %,d",
        sum(Count.LOST),
        sum(Count.DROPPED_BY_US));
    names("  closed", "closed");
    row(
        "resumed",
        "by delta %,d, by snap %,d",
        sum(Count.RESUMED_BY_DELTA),
        sum(Count.RESUMED_BY_SNAP));
    row("moved", "%,d, asked by goaway", sum(Count.MOVED));
    row("silent", "%,d, over 45 s", sum(Count.SILENT));
    row("given up", "%,d, after 4401 or 4403", sum(Count.GIVEN_UP));
    row("resyncs", "%,d", sum(Count.RESYNCS));
  }

  private void hosts() {
    head("Hosts, viewers in rooms, likes");
    row(
        "changes",
        "%,d begun, %,d skipped since nobody was free",
        sum(Count.CHANGES),
        sum(Count.CHANGES_SKIPPED));
    names("calls", "call");
    row(
        "likes",
        "%,d sent, %,d answered, %,d refused, %,d lost with their socket, %,d not sent",
        sum(Count.LIKES_SENT),
        sum(Count.LIKED),
        sum(Count.LIKES_REFUSED),
        sum(Count.LIKES_LOST),
        sum(Count.LIKES_UNSENT));
    row("entered", "%,d times a room", sum(Count.ENTERED));
    names("refused to viewers", "refused");
    if (result.roomsLeft() > 0) {
      row("rooms left open", "%,d", result.roomsLeft());
    }
  }

  private void vitals() {
    head("Figures at the start and the end of the measured time");
    result
        .measured()
        .last()
        .forEach(
            (name, value) -> {
              Double first = result.measured().first().get(name);
              boolean isNews = first == null || !first.equals(value) || !name.contains("_");
              if (isNews) {
                row(name, "%s -> %s", first == null ? "-" : figure(first), figure(value));
              }
            });
  }

  private void verdict() {
    Judge.Judgement end = result.judgement();
    head("Verdict");
    row("wrong frames", "%,d%s", result.wrongFrames(), wrongKinds());
    result.parts().forEach(part -> part.wrongSamples().forEach(text -> lines.add("    " + text)));
    int asked = result.options().viewers().count();
    row("ended with the right list", "%,d of %,d", end.right(), asked);
    row("  at the API's position", "%,d, at seq %s", end.confirmed(), end.seqs().values());
    if (end.away() > 0) {
      row("  without a view", "%,d", end.away());
    }
    if (end.seated() > 0) {
      row("ended with the right room", "%,d of %,d", end.seatedRight(), end.seated());
    }
    end.wrong().forEach(text -> lines.add("    " + text));
    Recount.Outcome likes = result.likes();
    row("rooms with the likes", "%,d of %,d", likes.rooms() - likes.wrong(), likes.rooms());
    likes.samples().forEach(text -> lines.add("    " + text));
    lines.add(result.isGood() ? "ALL RIGHT" : "NOT ALL RIGHT");
  }

  private String wrongKinds() {
    StringBuilder kinds = new StringBuilder();
    for (Verdict verdict : Verdict.values()) {
      long count = result.parts().stream().mapToLong(part -> part.wrong(verdict)).sum();
      if (count > 0) {
        kinds
            .append(": ")
            .append(verdict.name().toLowerCase(Locale.ROOT))
            .append(' ')
            .append(count);
      }
    }
    return kinds.toString();
  }

  private void head(String format, Object... values) {
    lines.add("");
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private void row(String name, String format, Object... values) {
    lines.add(
        String.format(Locale.ROOT, "  %-26s ", name) + String.format(Locale.ROOT, format, values));
  }

  private void time(String name, Time time) {
    time(name, measured.time(time).counts());
  }

  private void time(String name, Histogram.Counts counts) {
    if (counts.all() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-60s %8.1f %8.1f %8.1f %8.1f (%,d)",
              name,
              counts.millis(0.5),
              counts.millis(0.9),
              counts.millis(0.99),
              counts.millis(1),
              counts.all()));
    }
  }

  private void names(String name, String group) {
    Map<String, Long> sums = new TreeMap<>();
    result
        .parts()
        .forEach(part -> part.names(group).forEach((key, n) -> sums.merge(key, n, Long::sum)));
    if (!sums.isEmpty()) {
      List<String> words = new ArrayList<>();
      sums.forEach((key, count) -> words.add(String.format(Locale.ROOT, "%s %,d", key, count)));
      row(name, "%s", String.join(", ", words));
    }
  }

  private long sum(Count count) {
    return result.parts().stream().mapToLong(part -> part.count(count)).sum();
  }

  private static String figure(double value) {
    boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return String.format(Locale.ROOT, isWhole ? "%,.0f" : "%,.2f", value);
  }
}
