package io.livehall.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the server and this tool are: memory, and the server's own figures of the push. Each node is
 * asked for 2 s at most, and 100 figures are kept of it.
 */
final class Vitals {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
  private static final int FIGURES_MAX = 100;
  private static final double MEGABYTE = 1 << 20;
  private static final Pattern FIGURE =
      Pattern.compile(
          "(?m)^((?:livehall_push_|livehall_list_rooms|jvm_|process_)\\S*(?:\\{[^}]*})?) (\\S+)");

  private final LoadOptions.Server server;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();

  Vitals(LoadOptions.Server server) {
    this.server = server;
  }

  /** By name; what does not answer is not in it. */
  Map<String, Double> take() {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (URI ops : server.ops()) {
      String node = server.ops().size() == 1 ? "" : ops.getHost() + ":" + ops.getPort() + " ";
      read(ops).forEach((name, value) -> figures.put(node + name, value));
    }
    for (long pid : server.pids()) {
      residentMegabytes(pid, figures);
    }
    figures.put("this tool's heap after a collection, MB", heapMegabytes());
    return figures;
  }

  private Map<String, Double> read(URI ops) {
    try {
      var request = HttpRequest.newBuilder(URI.create(ops + "/metrics")).timeout(ANSWER_MAX);
      return figures(client.send(request.build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  static Map<String, Double> figures(String metrics) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Matcher line = FIGURE.matcher(metrics);
    while (line.find() && figures.size() < FIGURES_MAX) {
      boolean isBucket = line.group(1).contains("_bucket{");
      if (!isBucket) {
        figures.put(line.group(1), number(line.group(2)));
      }
    }
    return figures;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static void residentMegabytes(long pid, Map<String, Double> figures) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          double kilobytes = number(line.replaceAll("\\D", ""));
          figures.put("resident memory of process " + pid + ", MB", kilobytes / 1024);
        }
      }
    } catch (IOException e) {
      // The process has ended, or this is no Linux: then there is no figure.
    }
  }

  /** What was live at the last collection: what is used now is mostly waste. */
  private static double heapMegabytes() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getCollectionUsage() != null) {
        bytes += pool.getCollectionUsage().getUsed();
      }
    }
    return bytes / MEGABYTE;
  }
}
