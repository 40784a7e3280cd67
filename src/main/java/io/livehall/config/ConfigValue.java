package io.livehall.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one JSON value as the type that its component has. */
final class ConfigValue {
  private static final Pattern UNTIDY =
      Pattern.compile("^\\s.*|.*\\s$|.*\\p{Cntrl}.*", Pattern.DOTALL);

  private ConfigValue() {}

  static Object read(Type type, Object json, String path) {
    if (type instanceof ParameterizedType collection) {
      return elements(collection, json, path);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return section(plain, json, path);
    }
    if (plain.isEnum()) {
      return constant(plain, json, path);
    }
    return scalar(plain, json, path);
  }

  static ConfigException missing(Class<?> type, String path) {
    String what = type == Secret.class ? "the secret is missing" : "the value is missing";
    String orBy = path.contains("[") ? "" : " or by " + ConfigKey.environmentName(path);
    return new ConfigException(path, what + "; set it in a file" + orBy);
  }

  private static Collection<Object> elements(ParameterizedType type, Object json, String path) {
    if (!(json instanceof JsonArray array)) {
      throw new ConfigException(
          path,
          "is not a list; write [...], by the environment a,b,c"
              + " or, for a list of objects, JSON");
    }
    Collection<Object> values =
        type.getRawType() == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      Object element = array.getValue(i);
      String place = path + "[" + i + "]";
      if (element == null) {
        throw new ConfigException(place, "is null; write a value or remove it");
      }
      values.add(read(type.getActualTypeArguments()[0], element, place));
    }
    return values;
  }

  private static Object section(Class<?> type, Object json, String path) {
    if (!(json instanceof JsonObject object)) {
      throw new ConfigException(path, "is not an object; write {...} with the keys of " + path);
    }
    return ConfigBinder.bind(type, object, path);
  }

  private static Object constant(Class<?> type, Object json, String path) {
    List<Enum<?>> constants =
        Arrays.stream(type.getEnumConstants()).<Enum<?>>map(c -> (Enum<?>) c).toList();
    for (Enum<?> constant : constants) {
      if (json instanceof String text && constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    String known = constants.stream().map(ConfigText::of).collect(Collectors.joining(", "));
    throw new ConfigException(path, shown(json) + " is not known; use one of " + known);
  }

  private static Object scalar(Class<?> type, Object json, String path) {
    if (type == int.class) {
      return (int) whole(json, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class) {
      return whole(json, path, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class) {
      return number(json, path);
    } else if (type == boolean.class) {
      return flag(json, path);
    } else if (type == Duration.class) {
      return duration(json, path);
    } else if (type == Secret.class) {
      return secret(json, path);
    }
    return text(type, json, path);
  }

  private static long whole(Object json, String path, long min, long max) {
    if (json instanceof Integer || json instanceof Long) {
      long value = ((Number) json).longValue();
      if (value >= min && value <= max) {
        return value;
      }
    }
    if (json instanceof Long || json instanceof BigInteger) {
      throw new ConfigException(path, json + " is out of range; use " + min + " to " + max);
    }
    throw new ConfigException(path, shown(json) + " is not a whole number; write digits only");
  }

  private static double number(Object json, String path) {
    if (json instanceof Number number) {
      return number.doubleValue();
    }
    throw new ConfigException(path, shown(json) + " is not a number; write one such as 0.5");
  }

  private static boolean flag(Object json, String path) {
    if (json instanceof Boolean flag) {
      return flag;
    }
    throw new ConfigException(path, shown(json) + " is neither yes nor no; write true or false");
  }

  private static Duration duration(Object json, String path) {
    try {
      if (json instanceof String text) {
        return ConfigText.duration(text);
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for anything else that is no duration.
    }
    throw new ConfigException(
        path,
        shown(json) + " is not a duration; write a number with ms, s, m, h or d, such as \"10s\"");
  }

  /** Never shows what it refuses. */
  private static Secret secret(Object json, String path) {
    if (!(json instanceof String text)) {
      throw new ConfigException(path, "the secret is not text; write it in quotes");
    }
    if (text.isEmpty()) {
      throw missing(Secret.class, path);
    }
    if (UNTIDY.matcher(text).matches()) {
      throw new ConfigException(
          path, "the secret has a space at an end or a control character in it; remove that");
    }
    return new Secret(text);
  }

  private static Object text(Class<?> type, Object json, String path) {
    if (!(json instanceof String text)) {
      throw new ConfigException(path, "is not text; write it in quotes");
    }
    if (type == StoreUri.class) {
      return storeUri(text, path);
    }
    if (type == Path.class) {
      if (text.isBlank()) {
        throw new ConfigException(path, "is empty; name a directory");
      }
      return Launch.path(path, text);
    }
    if (type == String.class) {
      return text;
    }
    throw new IllegalStateException("No way is known to read a " + type.getName() + " at " + path);
  }

  private static StoreUri storeUri(String text, String path) {
    try {
      return new StoreUri(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(path, String.valueOf(e.getMessage()));
    }
  }

  private static String shown(Object json) {
    if (json instanceof JsonObject) {
      return "an object";
    }
    return json instanceof JsonArray ? "a list" : ConfigText.quoted(json);
  }
}
