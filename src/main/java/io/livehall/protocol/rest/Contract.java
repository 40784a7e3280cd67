package io.livehall.protocol.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code openapi.yaml} says, as far as the router follows it. */
record Contract(List<Promise> promises, Buffer json) {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** Who may call. */
  enum Access {
    /** No token is looked at. */
    OPEN,
    /** Without a token only where viewing is anonymous; a bad one is refused anywhere. */
    VIEWER,
    TOKEN
  }

  /** Whether a call has something to say besides its path. */
  enum Body {
    NONE,
    /** It may be left out, and with it the header that says of what kind it is. */
    OPTIONAL,
    REQUIRED
  }

  /** One operation that the contract promises. */
  record Promise(
      String id, HttpMethod method, String path, Access access, Body body, boolean isDev) {

    /** The path as the router writes it: {@code /v1/rooms/:id}. */
    String routerPath() {
      return path.replace('{', ':').replace("}", "");
    }
  }

  static Contract parse(byte[] yaml) {
    Map<?, ?> root = read(yaml);
    var promises = new ArrayList<Promise>();
    map(root.get("paths"))
        .forEach(
            (path, item) ->
                map(item)
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(String.valueOf(method))) {
                            var place = new Place(String.valueOf(method), String.valueOf(path));
                            promises.add(promise(place, map(operation), root));
                          }
                        }));
    return new Contract(List.copyOf(promises), Json.encodeToBuffer(root));
  }

  /** The same document as JSON, for programs that read no YAML. */
  static Buffer json(byte[] yaml) {
    return Json.encodeToBuffer(read(yaml));
  }

  private static Map<?, ?> read(byte[] yaml) {
    return map(
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(new String(yaml, StandardCharsets.UTF_8)));
  }

  private record Place(String method, String path) {}

  private static Promise promise(Place place, Map<?, ?> operation, Map<?, ?> root) {
    Object security = operation.get("security");
    return new Promise(
        String.valueOf(operation.get("operationId")),
        HttpMethod.valueOf(place.method.toUpperCase(Locale.ROOT)),
        place.path,
        access(security == null ? root.get("security") : security),
        body(operation.get("requestBody")),
        operation.get("tags") instanceof List<?> tags && tags.contains("development"));
  }

  /**
   * {@code []}: open. A list in which one way asks for nothing: a viewer's. Anything else: token.
   */
  private static Access access(@Nullable Object security) {
    if (!(security instanceof List<?> ways)) {
      return Access.TOKEN;
    }
    if (ways.isEmpty()) {
      return Access.OPEN;
    }
    return ways.stream().anyMatch(way -> map(way).isEmpty()) ? Access.VIEWER : Access.TOKEN;
  }

  private static Body body(@Nullable Object said) {
    if (said == null) {
      return Body.NONE;
    }
    return Boolean.TRUE.equals(map(said).get("required")) ? Body.REQUIRED : Body.OPTIONAL;
  }

  private static Map<?, ?> map(@Nullable Object node) {
    if (node instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalStateException("a contract in /web does not have the form of one");
  }
}
