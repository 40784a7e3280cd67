package io.livehall.load;

import io.livehall.load.LoadOptions.Hosts;
import io.livehall.load.LoadOptions.Passes;
import io.livehall.load.LoadOptions.Run;
import io.livehall.load.LoadOptions.Server;
import io.livehall.load.LoadOptions.Viewers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The command line, read into {@link LoadOptions}. */
final class Arguments {
  private static final Set<String> SWITCHES = Set.of("--enter", "--say-live");
  private static final Set<String> REPEATED = Set.of("--base", "--ops", "--pid");
  private static final Set<String> NAMES =
      Set.of(
          "--base",
          "--ops",
          "--pid",
          "--viewers",
          "--open-rate",
          "--sort",
          "--limit",
          "--room-share",
          "--reconnects",
          "--loops",
          "--hosts",
          "--churn",
          "--likes",
          "--token-key",
          "--tokens",
          "--seconds",
          "--every",
          "--seed");

  private final Map<String, List<String>> values = new HashMap<>();

  private Arguments() {}

  /**
   * @param tokenKey what stands for {@code --token-key} where that is not given
   * @throws LoadException for what the usage does not allow
   */
  static LoadOptions parse(List<String> words, @Nullable String tokenKey) {
    var arguments = new Arguments();
    for (int i = 0; i < words.size(); i++) {
      String name = words.get(i);
      if (SWITCHES.contains(name)) {
        arguments.put(name, "");
      } else if (!NAMES.contains(name)) {
        throw new LoadException(name + " is not known; --help names what is");
      } else if (i + 1 == words.size()) {
        throw new LoadException(name + " needs a value");
      } else {
        arguments.put(name, words.get(++i));
      }
    }
    return arguments.options(tokenKey);
  }

  private void put(String name, String value) {
    List<String> all = values.computeIfAbsent(name, n -> new ArrayList<>());
    if (!all.isEmpty() && !REPEATED.contains(name)) {
      throw new LoadException(name + " is given twice");
    }
    all.add(value);
  }

  private LoadOptions options(@Nullable String tokenKey) {
    Passes passes = passes(tokenKey);
    boolean hasTokens = passes.tokenKey() != null || passes.tokens() != null;
    var hosts =
        new Hosts(
            integer("--hosts", 20, 0, 1000),
            decimal("--churn", 1, 0, 1000),
            decimal("--likes", hasTokens ? 10 : 0, 0, 10_000),
            values.containsKey("--say-live"));
    var run =
        new Run(
            Duration.ofSeconds(integer("--seconds", 60, 1, 86_400)),
            Duration.ofSeconds(integer("--every", 5, 1, 3600)),
            integer("--seed", 1, Integer.MIN_VALUE, Integer.MAX_VALUE));
    var options = new LoadOptions(viewers(), hosts, passes, server(), run);
    if (!hasTokens && (options.viewers().enter() || hosts.likes() > 0)) {
      String what = options.viewers().enter() ? "--enter" : "--likes";
      throw new LoadException(what + " needs --token-key or --tokens");
    }
    return options;
  }

  private Viewers viewers() {
    String sort = text("--sort", "newest");
    if (!sort.equals("newest") && !sort.equals("hot")) {
      throw new LoadException("--sort is newest or hot, not " + sort);
    }
    return new Viewers(
        integer("--viewers", 1000, 1, 60_000),
        integer("--open-rate", 500, 1, 100_000),
        sort,
        integer("--limit", 20, 1, 100),
        decimal("--room-share", 0.2, 0, 1),
        decimal("--reconnects", 0, 0, 10_000),
        values.containsKey("--enter"),
        integer("--loops", 1, 1, 64));
  }

  private Passes passes(@Nullable String tokenKey) {
    String file = text("--tokens", "");
    String key = text("--token-key", "");
    if (!file.isEmpty() && !key.isEmpty()) {
      throw new LoadException("--token-key and --tokens exclude each other");
    }
    if (!file.isEmpty()) {
      return new Passes(null, Path.of(file));
    }
    String known = key.isEmpty() ? tokenKey : key;
    return new Passes(known == null || known.isEmpty() ? null : known, null);
  }

  private Server server() {
    List<URI> bases = all("--base", Arguments::address);
    return new Server(
        bases.isEmpty() ? List.of(URI.create("http://localhost:8080")) : bases,
        all("--ops", Arguments::address),
        all("--pid", pid -> (long) number("--pid", pid, 1, Integer.MAX_VALUE)));
  }

  private String text(String name, String otherwise) {
    return values.getOrDefault(name, List.of(otherwise)).get(0);
  }

  private <T> List<T> all(String name, Function<String, T> form) {
    return values.getOrDefault(name, List.of()).stream().map(form).toList();
  }

  private int integer(String name, int otherwise, int min, int max) {
    double number = number(name, text(name, Integer.toString(otherwise)), min, max);
    if (number != Math.rint(number)) {
      throw new LoadException(name + " must be a whole number");
    }
    return (int) number;
  }

  private double decimal(String name, double otherwise, double min, double max) {
    return number(name, text(name, Double.toString(otherwise)), min, max);
  }

  private static double number(String name, String text, double min, double max) {
    try {
      double number = Double.parseDouble(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like what is out of range.
    }
    throw new LoadException(
        "%s must be a number from %.0f to %.0f, not %s".formatted(name, min, max, text));
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (address.getHost() != null && address.getScheme().matches("https?")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new LoadException(text + " is not an http address, such as http://localhost:8080");
  }
}
