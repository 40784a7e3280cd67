package io.livehall.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A part of the tree, and where it was written. */
record ConfigSource(String name, JsonObject tree) {
  private static final Pattern PLACE = Pattern.compile("line: (\\d+), column: (\\d+)");

  /** The defaults: conf/livehall.json as it was when the server was built. */
  static ConfigSource defaults() {
    try (var in = ConfigSource.class.getResourceAsStream("/livehall.json")) {
      if (in == null) {
        throw new ConfigException("livehall.json", "is not on the class path; build the jar again");
      }
      return parsed("defaults", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConfigSource file(Path file) {
    try {
      return parsed(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          file.toString(), "there is no such file; correct --config or LIVEHALL_CONFIG");
    } catch (IOException e) {
      throw new ConfigException(
          file.toString(), "cannot be read as UTF-8 text; check what it is and its permissions");
    }
  }

  /** The parser's own message is not passed on: it quotes the file, and so perhaps a secret. */
  private static ConfigSource parsed(String name, String text) {
    try {
      return new ConfigSource(name, new JsonObject(text));
    } catch (DecodeException e) {
      var place = PLACE.matcher(String.valueOf(e.getMessage()));
      String where =
          place.find() ? " at line %s, column %s".formatted(place.group(1), place.group(2)) : "";
      throw new ConfigException(
          name, "is not a JSON object" + where + "; it must be {...} as conf/livehall.json is");
    }
  }

  /** Refuses what no other source could make right. */
  void check() {
    try {
      ConfigBinder.check(LiveConfig.class, tree, "");
    } catch (ConfigException e) {
      throw e.from(name);
    }
  }

  boolean has(String path) {
    JsonObject at = tree;
    for (String key : path.replaceAll("\\[.*", "").split("\\.", -1)) {
      if (at == null || !at.containsKey(key)) {
        return false;
      }
      at = at.getValue(key) instanceof JsonObject below ? below : null;
    }
    return true;
  }
}
