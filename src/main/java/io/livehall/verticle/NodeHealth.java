package io.livehall.verticle;

import io.livehall.service.Health;
import io.livehall.service.Listing;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks each thing that this node lives on how it is. */
public final class NodeHealth implements Health {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The list is looked up against the log each second; this old, something is wrong. */
  private static final Duration LIST_AGE_MAX = Duration.ofSeconds(5);

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Node node;
  private final Listing listing;
  private final List<Probe> probes = new ArrayList<>();
  private volatile boolean isStopping;
  private volatile @Nullable Asked last;

  private record Asked(long at, Future<Report> report) {}

  public record Node(String name, String version, String mode, Instant startedAt) {}

  /**
   * @param probe tells a detail, or fails
   */
  private record Probe(String name, Supplier<Future<String>> probe) {}

  public NodeHealth(Node node, Listing listing) {
    this.node = node;
    this.listing = listing;
    probe("list", this::list);
  }

  public void probe(String name, Supplier<Future<String>> probe) {
    probes.add(new Probe(name, probe));
  }

  /** From here on this node wants no new work. */
  public void stopping() {
    isStopping = true;
    last = null;
  }

  /** Anyone may ask, as often as he likes; the stores are asked once a second at most. */
  @Override
  public Future<Report> report() {
    Asked asked = last;
    if (asked == null || System.nanoTime() - asked.at() > FRESH.toNanos()) {
      asked = new Asked(System.nanoTime(), ask());
      last = asked;
    }
    return asked.report();
  }

  private Future<Report> ask() {
    List<Future<Check>> checks = new ArrayList<>(probes.stream().map(NodeHealth::check).toList());
    if (isStopping) {
      checks.add(Future.succeededFuture(new Check("node", false, "stopping")));
    }
    return Future.all(checks)
        .map(
            all ->
                new Report(
                    node.name(),
                    node.version(),
                    node.mode(),
                    node.startedAt(),
                    checks.stream().map(Future::result).toList()));
  }

  /**
   * Ready is what can do the main job. Redis holds counters only: rooms live and lists work without
   * it, so it alone takes no node out of service.
   */
  static boolean isReady(Report report) {
    return report.checks().stream().allMatch(check -> check.well() || check.name().equals("redis"));
  }

  private static Future<Check> check(Probe probe) {
    Future<String> answer;
    try {
      answer = probe.probe().get();
    } catch (RuntimeException trouble) {
      answer = Future.failedFuture(trouble);
    }
    return answer
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(detail -> new Check(probe.name(), true, detail))
        .otherwise(trouble -> new Check(probe.name(), false, "away"));
  }

  private Future<String> list() {
    Duration age = listing.age();
    String detail =
        listing.isLoaded()
            ? listing.now().size()
                + " rooms, "
                + listing.lag()
                + " changes behind, looked up "
                + age.toMillis()
                + " ms ago"
            : "not loaded";
    return age.compareTo(LIST_AGE_MAX) < 0
        ? Future.succeededFuture(detail)
        : Future.failedFuture(detail);
  }
}
