package io.livehall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a contract in {@code /web} promises: the tests hold the server to it. */
final class ContractFile {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final JsonObject root;

  /** One operation, as the contract has it. */
  record Operation(String id, String method, String path, JsonObject text) {
    boolean hasBody() {
      return text.containsKey("requestBody");
    }

    /** Whether it cannot be called without. */
    boolean needsBody() {
      return hasBody() && text.getJsonObject("requestBody").getBoolean("required", false);
    }

    Set<String> statuses() {
      return text.getJsonObject("responses").fieldNames();
    }
  }

  private ContractFile(JsonObject root) {
    this.root = root;
  }

  /** The contract of REST. */
  static ContractFile read() {
    return read("openapi.yaml");
  }

  static ContractFile read(String name) {
    try (InputStream file = ContractFile.class.getResourceAsStream("/web/" + name)) {
      Map<String, Object> yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      return new ContractFile(new JsonObject(new JsonObject(yaml).encode()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject root() {
    return root;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    JsonObject paths = root.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      for (String method : item.fieldNames()) {
        if (METHODS.contains(method)) {
          JsonObject text = item.getJsonObject(method);
          operations.add(
              new Operation(text.getString("operationId"), method.toUpperCase(), path, text));
        }
      }
    }
    return operations;
  }

  /** {@code open}: no token is looked at; {@code viewer}: none is needed; {@code token}. */
  String door(Operation operation) {
    JsonArray security = operation.text().getJsonArray("security", root.getJsonArray("security"));
    if (security.isEmpty()) {
      return "open";
    }
    boolean isOptional = security.stream().anyMatch(way -> ((JsonObject) way).isEmpty());
    return isOptional ? "viewer" : "token";
  }

  /** The response that an operation promises for a status; null if it does not know the status. */
  JsonObject response(Operation operation, int status) {
    JsonObject responses = operation.text().getJsonObject("responses");
    JsonObject response = responses.getJsonObject(Integer.toString(status));
    return response == null ? null : resolved(response);
  }

  /** Follows {@code $ref}, within the file. */
  JsonObject resolved(JsonObject node) {
    String reference = node.getString("$ref");
    if (reference == null) {
      return node;
    }
    JsonObject found = root;
    for (String name : reference.substring("#/".length()).split("/", -1)) {
      found = found.getJsonObject(name);
    }
    return resolved(found);
  }
}
