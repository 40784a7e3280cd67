package io.livehall.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/** What the command line asks for. */
public record Launch(Optional<Path> file, boolean checkConfig, boolean help) {
  public static final String USAGE =
      """
      Usage: livehall [--config FILE] [--check-config] [--help]

        --config FILE    read FILE (JSON) over the defaults; it may hold any part of the tree
        --check-config   print the effective configuration, secrets masked, and end
        --help           print this and end

      Any key can be set by the environment, which wins over FILE: http.port is LIVEHALL_HTTP_PORT.
      """;

  /**
   * Reads the arguments of the command.
   *
   * @throws ConfigException for anything that the usage does not name
   */
  public static Launch parse(String... args) {
    Optional<Path> file = Optional.empty();
    boolean checkConfig = false;
    boolean help = false;
    Iterator<String> words = Arrays.asList(args).iterator();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--config" -> file = Optional.of(path(words, file));
        case "--check-config" -> checkConfig = true;
        case "--help" -> help = true;
        default -> throw new ConfigException(word, "unknown argument; --help names the known ones");
      }
    }
    return new Launch(file, checkConfig, help);
  }

  private static Path path(Iterator<String> words, Optional<Path> before) {
    if (before.isPresent()) {
      throw new ConfigException("--config", "given twice; name one file");
    }
    String word = words.hasNext() ? words.next() : "";
    if (word.isEmpty() || word.startsWith("--")) {
      throw new ConfigException("--config", "the file is missing; write --config FILE");
    }
    return path("--config", word);
  }

  static Path path(String key, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException(key, ConfigText.quoted(text) + " is not a path; name a file");
    }
  }
}
