package io.livehall.config;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One place of the tree: its path, and the component that holds it. */
record ConfigKey(String path, RecordComponent component) {
  static final String PREFIX = "LIVEHALL_";

  /** Every place below a record, in the order of declaration, a section before what it holds. */
  static List<ConfigKey> below(Class<?> root) {
    List<ConfigKey> keys = new ArrayList<>();
    collect(root, "", keys);
    return keys;
  }

  private static void collect(Class<?> type, String path, List<ConfigKey> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      var key = new ConfigKey(join(path, component.getName()), component);
      keys.add(key);
      if (component.getType().isRecord()) {
        collect(component.getType(), key.path, keys);
      } else if (elementType(component.getGenericType()) instanceof Class<?> c && c.isRecord()) {
        collect(c, key.path + "[]", keys);
      }
    }
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** What a list or set is made of; null for any other type. */
  static @Nullable Type elementType(Type type) {
    return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : null;
  }

  boolean isNullable() {
    return isNullable(component);
  }

  static boolean isNullable(RecordComponent component) {
    AnnotatedElement type = component.getAnnotatedType();
    return type.isAnnotationPresent(Nullable.class);
  }

  /** A plain section has no value of its own, and what is inside a list has no name outside it. */
  boolean isSettable() {
    return !path.contains("[]") && (isNullable() || !component.getType().isRecord());
  }

  String environmentName() {
    return environmentName(path);
  }

  static String environmentName(String path) {
    return PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
