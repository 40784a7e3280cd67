package io.livehall.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tree as it goes back to JSON, and the secrets that do not go with it. */
final class MaskedTree {
  private MaskedTree() {}

  static JsonObject of(Record section) {
    var json = new JsonObject();
    values(section).forEach((name, value) -> json.put(name, json(value)));
    return json;
  }

  private static @Nullable Object json(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    } else if (value instanceof Record section) {
      return of(section);
    } else if (value instanceof Collection<?> elements) {
      var array = new JsonArray();
      elements.forEach(element -> array.add(json(element)));
      return array;
    } else if (value instanceof Duration duration) {
      return ConfigText.of(duration);
    } else if (value instanceof Enum<?> constant) {
      return ConfigText.of(constant);
    }
    // Secrets and URIs of stores mask themselves.
    return value.toString();
  }

  /** Every secret of the tree by its path. */
  static Map<String, Secret> secrets(Record root) {
    Map<String, Secret> found = new LinkedHashMap<>();
    collectSecrets(root, "", found);
    return found;
  }

  private static void collectSecrets(
      @Nullable Object value, String path, Map<String, Secret> found) {
    if (value instanceof Secret secret) {
      found.put(path, secret);
    } else if (value instanceof Record section) {
      values(section).forEach((name, v) -> collectSecrets(v, ConfigKey.join(path, name), found));
    } else if (value instanceof List<?> elements) {
      for (int i = 0; i < elements.size(); i++) {
        collectSecrets(elements.get(i), path + "[" + i + "]", found);
      }
    }
  }

  private static Map<String, @Nullable Object> values(Record section) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      try {
        values.put(component.getName(), component.getAccessor().invoke(section));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("The key " + component.getName() + " cannot be read", e);
      }
    }
    return values;
  }
}
