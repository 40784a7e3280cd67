package io.livehall.config;

import io.vertx.core.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes records of JSON: one component, one key. Whatever does not fit is refused by its path. */
final class ConfigBinder {
  private ConfigBinder() {}

  static <R extends Record> R bind(Class<R> type, JsonObject tree) {
    return type.cast(bind(type, tree, ""));
  }

  static Object bind(Class<?> type, JsonObject tree, String path) {
    refuseUnknown(type, tree, path);
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      values[i] = value(components[i], tree.getValue(name), ConfigKey.join(path, name));
    }
    return construct(type, components, values, path);
  }

  /** Checks what is there, as far as it can be checked without what another source may add. */
  static void check(Class<?> type, JsonObject part, String path) {
    refuseUnknown(type, part, path);
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      String below = ConfigKey.join(path, name);
      if (part.getValue(name) instanceof JsonObject section && component.getType().isRecord()) {
        check(component.getType(), section, below);
      } else if (part.containsKey(name)) {
        value(component, part.getValue(name), below);
      }
    }
  }

  private static void refuseUnknown(Class<?> type, JsonObject tree, String path) {
    List<String> known =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
    for (String name : tree.fieldNames()) {
      if (!known.contains(name)) {
        String unknown = ConfigKey.join(path, name);
        String nearest = NearestKey.to(unknown).path();
        throw new ConfigException(
            unknown, "no such key, the nearest is " + nearest + "; correct or remove it");
      }
    }
  }

  private static @Nullable Object value(
      RecordComponent component, @Nullable Object json, String path) {
    if (json != null) {
      return ConfigValue.read(component.getGenericType(), json, path);
    }
    if (ConfigKey.isNullable(component)) {
      return null;
    }
    if (component.getType().isRecord()) {
      throw new ConfigException(path, "is null; write {...} or leave the key out");
    }
    throw ConfigValue.missing(component.getType(), path);
  }

  private static Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] values, String path) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof BadValue bad) {
        throw bad.under(path);
      }
      throw new IllegalStateException("The record of " + path + " could not be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The record of " + path + " could not be made", e);
    }
  }
}
