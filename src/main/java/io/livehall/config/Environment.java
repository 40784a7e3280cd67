package io.livehall.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The variables that begin with {@code LIVEHALL_}, each as a source with one key. */
final class Environment {
  static final String CONFIG = ConfigKey.PREFIX + "CONFIG";

  /** Of the scripts, not of the tree. */
  private static final Set<String> NOT_KEYS =
      Set.of(CONFIG, ConfigKey.PREFIX + "JAVA_OPTS", ConfigKey.PREFIX + "JAVA_HOME");

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

  private static final Map<String, ConfigKey> KEY_BY_NAME =
      ConfigKey.below(LiveConfig.class).stream()
          .filter(ConfigKey::isSettable)
          .collect(Collectors.toUnmodifiableMap(ConfigKey::environmentName, Function.identity()));

  private Environment() {}

  /** In the order of their names, so that a section comes before the keys inside it. */
  static List<ConfigSource> sources(Map<String, String> environment) {
    List<ConfigSource> sources = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (name, text) -> {
              if (name.startsWith(ConfigKey.PREFIX) && !NOT_KEYS.contains(name)) {
                sources.add(source(name, text));
              }
            });
    return sources;
  }

  private static ConfigSource source(String name, String text) {
    ConfigKey key = KEY_BY_NAME.get(name);
    if (key == null) {
      ConfigKey nearest = NearestKey.toVariable(name);
      throw new ConfigException(
          name,
          "no key has this name, the nearest is %s (%s); correct or unset it"
              .formatted(nearest.environmentName(), nearest.path()));
    }
    @Nullable Object value = text.isEmpty() && key.isNullable() ? null : json(key, text);
    String[] names = key.path().split("\\.", -1);
    var tree = new JsonObject().put(names[names.length - 1], value);
    for (int i = names.length - 2; i >= 0; i--) {
      tree = new JsonObject().put(names[i], tree);
    }
    return new ConfigSource(name, tree);
  }

  /** Text that is not what its key wants stays text, and is refused where all values are read. */
  private static Object json(ConfigKey key, String text) {
    Type element = ConfigKey.elementType(key.component().getGenericType());
    Class<?> type = key.component().getType();
    if (element != null) {
      return element instanceof Class<?> c && c.isRecord() ? array(text) : words(text);
    } else if (type.isRecord()) {
      return decoded(text, JsonObject::new);
    } else if (type == boolean.class) {
      return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
    } else if (type == int.class || type == long.class) {
      return WHOLE.matcher(text).matches() ? Long.valueOf(text) : text;
    } else if (type == double.class) {
      return NUMBER.matcher(text).matches() ? Double.valueOf(text) : text;
    }
    return text;
  }

  private static Object array(String text) {
    return text.isBlank() ? new JsonArray() : decoded(text, JsonArray::new);
  }

  private static Object decoded(String text, Function<String, Object> decode) {
    try {
      return decode.apply(text);
    } catch (DecodeException e) {
      return text;
    }
  }

  private static JsonArray words(String text) {
    return text.isBlank()
        ? new JsonArray()
        : new JsonArray(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }
}
