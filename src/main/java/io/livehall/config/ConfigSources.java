package io.livehall.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that was said about the configuration, the later word before the earlier. */
record ConfigSources(ConfigSource defaults, List<ConfigSource> others) {

  static ConfigSources read(Optional<Path> file, Map<String, String> environment) {
    List<ConfigSource> others = new ArrayList<>();
    file.or(() -> named(environment)).map(ConfigSource::file).ifPresent(others::add);
    others.addAll(Environment.sources(environment));
    return new ConfigSources(ConfigSource.defaults(), others);
  }

  private static Optional<Path> named(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(Environment.CONFIG))
        .filter(text -> !text.isEmpty())
        .map(text -> Launch.path(Environment.CONFIG, text));
  }

  LiveConfig load() {
    // Each source by itself first: what is wrong in one is said even where another hides it.
    others.forEach(ConfigSource::check);
    try {
      LiveConfig config = bind();
      CrossChecks.check(config, ConfigBinder.bind(LiveConfig.class, defaults.tree()));
      return config;
    } catch (ConfigException e) {
      throw originOf(e.key()).map(e::from).orElse(e);
    }
  }

  /** The tree as it is said, before its keys are held against each other. */
  LiveConfig bind() {
    JsonObject tree = defaults.tree().copy();
    others.forEach(source -> merge(tree, source.tree()));
    return ConfigBinder.bind(LiveConfig.class, tree);
  }

  private static void merge(JsonObject under, JsonObject over) {
    for (String name : over.fieldNames()) {
      if (under.getValue(name) instanceof JsonObject low
          && over.getValue(name) instanceof JsonObject high) {
        merge(low, high);
      } else {
        under.put(name, over.copy().getValue(name));
      }
    }
  }

  private Optional<String> originOf(String path) {
    return others.stream()
        .filter(source -> source.has(path))
        .map(ConfigSource::name)
        .reduce((earlier, later) -> later);
  }
}
