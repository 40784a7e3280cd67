package io.livehall.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is true of every key, whichever keys there are. */
class ConfigKeyTest {
  /** Another good value for each key whose type alone does not tell one. */
  private static final Map<String, String> OTHER_VALUES =
      Map.ofEntries(
          Map.entry("node.name", "node-7"),
          Map.entry("roles", "keeper,poll"),
          Map.entry("push.publicUrl", "wss://push.example.com/v1/live"),
          Map.entry("push.origins", "https://www.example.com,http://localhost:3000"),
          Map.entry("postgres.uri", "postgresql://u:p@db:5432/livehall"),
          Map.entry("redis.uri", "rediss://:p@cache:6380/1"),
          Map.entry("redis.members", "10.0.0.1:6379,redis-2:6380"),
          Map.entry("cluster.busPort", "15701"),
          Map.entry("cluster.members", "10.0.0.1:5701,node-2:5702"),
          Map.entry("accounts.bootstrap", bootstrap()),
          Map.entry("tokens.outside", outside()),
          Map.entry("tokens.outside.algorithm", "rs256"),
          Map.entry("tokens.outside.publicKey", Keys.RSA),
          Map.entry("tokens.outside.issuer", "https://id.example.com/"),
          Map.entry("tokens.outside.audience", "livehall"),
          Map.entry("tencent.mode", "v3"),
          Map.entry("tencent.bizId", "1234"),
          Map.entry("tencent.appId", "1250000000"),
          Map.entry("tencent.simulator.apiPort", "9999"),
          Map.entry("tencent.pushDomain", "push.example.com"),
          Map.entry("tencent.playDomain", "play.example.com"),
          Map.entry("tencent.endpoint", "http://127.0.0.1:9999/base"));

  private static String bootstrap() {
    return "[{\"userId\":\"root\",\"role\":\"admin\",\"password\":\"long-enough\"}]";
  }

  private static String outside() {
    return new JsonObject()
        .put("algorithm", "rs256")
        .put("publicKey", Keys.RSA)
        .put("issuer", "issuer")
        .put("audience", "audience")
        .encode();
  }

  static Stream<String> settablePaths() {
    return ConfigKey.below(LiveConfig.class).stream()
        .filter(ConfigKey::isSettable)
        .map(ConfigKey::path);
  }

  @ParameterizedTest
  @MethodSource("settablePaths")
  void variableOfEachKeySetsThatKeyAndNoOther(String path) {
    ConfigKey key = key(path);
    LiveConfig defaults = bound(Map.of());
    String text = otherText(key, valueAt(defaults, path));

    LiveConfig config = bound(with(path, text));

    assertThat(written(valueAt(config, path))).isEqualTo(text);
    assertThat(valueAt(config, path)).isNotNull().isNotEqualTo(valueAt(defaults, path));
    // The file's reading of the same value is the same.
    assertThat(MaskedTree.of(config)).isEqualTo(MaskedTree.of(fromFile(path, config)));
    for (String other : settablePaths().toList()) {
      boolean related = other.startsWith("tokens.outside") && path.startsWith("tokens.outside");
      if (!other.equals(path) && !related) {
        assertThat(valueAt(config, other)).as(other).isEqualTo(valueAt(defaults, other));
      }
    }
  }

  @Test
  void namesOfTheContractAreTheNamesOfTheTree() {
    assertThat(key("http.port").environmentName()).isEqualTo("LIVEHALL_HTTP_PORT");
    assertThat(key("tencent.callbackKey").environmentName())
        .isEqualTo("LIVEHALL_TENCENT_CALLBACKKEY");
    assertThat(settablePaths())
        .contains("http.host", "data.dir", "postgres.uri", "redis.uri", "tencent.mode", "roles")
        .contains("cluster.enabled", "cluster.members", "rooms.startWithin", "rooms.lossGrace")
        .contains("callback.port", "push.port", "ops.port", "accounts.bootstrap");
  }

  @Test
  void noTwoKeysShareAVariable() {
    List<String> names =
        ConfigKey.below(LiveConfig.class).stream().map(ConfigKey::environmentName).toList();

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(80);
  }

  @Test
  void defaultsFileHasExactlyTheKeysOfTheTree() {
    var inFile = new TreeSet<String>();
    leaves(ConfigSource.defaults().tree(), "", inFile);
    var inTree = new TreeSet<>(settablePaths().toList());
    // A section that is absent by default has no keys in the file.
    inTree.removeIf(path -> path.startsWith("tokens.outside."));

    assertThat(inFile).isEqualTo(inTree);
  }

  private static void leaves(JsonObject tree, String path, TreeSet<String> found) {
    for (String name : tree.fieldNames()) {
      String below = ConfigKey.join(path, name);
      if (tree.getValue(name) instanceof JsonObject section) {
        leaves(section, below, found);
      } else {
        found.add(below);
      }
    }
  }

  private static ConfigKey key(String path) {
    return ConfigKey.below(LiveConfig.class).stream()
        .filter(key -> key.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static String otherText(ConfigKey key, Object before) {
    if (OTHER_VALUES.containsKey(key.path())) {
      return OTHER_VALUES.get(key.path());
    }
    Class<?> type = key.component().getType();
    if (type == int.class || type == long.class) {
      return String.valueOf(((Number) before).longValue() - 7);
    } else if (type == double.class) {
      return "0.5";
    } else if (type == boolean.class) {
      return String.valueOf(!(Boolean) before);
    } else if (type == Duration.class) {
      return ((Duration) before).plusSeconds(1).toMillis() + "ms";
    } else if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> !constant.equals(before))
          .map(constant -> ConfigText.of((Enum<?>) constant))
          .findFirst()
          .orElseThrow();
    }
    return "another_value_of_thirty_two_char";
  }

  private static String written(Object value) {
    Object json = json(value);
    if (json instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
      return array.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return json instanceof JsonArray array ? array.encode() : String.valueOf(json);
  }

  private static Map<String, String> with(String path, String text) {
    var environment = new HashMap<>(restOfOutside(path));
    environment.put(ConfigKey.environmentName(path), text);
    return environment;
  }

  /** An outside section is whole or absent, so one of its keys needs the others. */
  private static Map<String, String> restOfOutside(String path) {
    if (!path.startsWith("tokens.outside.")) {
      return Map.of();
    }
    var rest = new JsonObject(outside());
    rest.remove(path.substring("tokens.outside.".length()));
    return Map.of("LIVEHALL_TOKENS_OUTSIDE", rest.encode());
  }

  private static LiveConfig bound(Map<String, String> environment) {
    return ConfigSources.read(Optional.empty(), environment).bind();
  }

  private static LiveConfig fromFile(String path, LiveConfig config) {
    String[] names = path.split("\\.", -1);
    Object json = json(valueAt(config, path));
    for (int i = names.length - 1; i >= 0; i--) {
      json = new JsonObject().put(names[i], json);
    }
    var sources = new ArrayList<>(Environment.sources(restOfOutside(path)));
    sources.add(new ConfigSource("file", (JsonObject) json));
    return new ConfigSources(ConfigSource.defaults(), sources).bind();
  }

  private static Object json(Object value) {
    if (value instanceof Path) {
      return value.toString();
    } else if (value instanceof Secret secret) {
      return secret.reveal();
    } else if (value instanceof StoreUri uri) {
      return uri.reveal();
    } else if (value instanceof Duration duration) {
      return duration.toMillis() + "ms";
    } else if (value instanceof Enum<?> constant) {
      return ConfigText.of(constant);
    } else if (value instanceof Iterable<?> elements) {
      var array = new JsonArray();
      elements.forEach(element -> array.add(json(element)));
      return array;
    } else if (value instanceof Record section) {
      var object = new JsonObject();
      for (var component : section.getClass().getRecordComponents()) {
        object.put(component.getName(), json(valueAt(section, component.getName())));
      }
      return object;
    }
    return value;
  }

  private static Object valueAt(Record root, String path) {
    Object at = root;
    for (String name : path.split("\\.", -1)) {
      try {
        at = at == null ? null : at.getClass().getMethod(name).invoke(at);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(path, e);
      }
    }
    return at;
  }
}
