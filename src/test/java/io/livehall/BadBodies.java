package io.livehall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A good body, with one field after the other put wrong in each way. */
final class BadBodies {
  private static final String MARK = "\"@@\"";

  /** Texts that no field takes, as they stand in JSON. */
  private static final Map<String, String> WRONG =
      new LinkedHashMap<>(
          Map.of(
              "a number", "17",
              "a huge number", "1e999999",
              "a truth", "true",
              "an object", "{\"a\":1}",
              "a list in a list", "[[\"a\"]]",
              "a control character", "\"abcdefgh\\u0000\"",
              "a line end", "\"abcdefgh\\n\"",
              "a control character above ASCII", "\"abcdefgh\\u0085\"",
              "half a character", "\"abcdefgh\\ud83d\"",
              "a text of 50 kB", '"' + "x".repeat(50_000) + '"'));

  /** Numbers that no field takes, and what is none. */
  private static final Map<String, String> NO_NUMBER =
      new LinkedHashMap<>(
          Map.of(
              "nothing", "0",
              "less than nothing", "-1",
              "too many", "1000000000",
              "more than any number", "9223372036854775808",
              "a huge number", "1e999999",
              "a part", "1.5",
              "a text", "\"3\"",
              "a truth", "true",
              "an object", "{\"a\":1}",
              "a list", "[1]"));

  private final List<Case> cases = new ArrayList<>();
  private final JsonObject good;

  /**
   * One bad body.
   *
   * @param field what the answer must name
   */
  record Case(String name, String field, String body) {}

  private BadBodies(JsonObject good) {
    this.good = good;
  }

  static List<Case> of(JsonObject good) {
    var bad = new BadBodies(good);
    bad.spoilAll("", good);
    bad.cases.add(bad.wrong("an unknown field", "surprise", good.copy().put("surprise", 1)));
    bad.cases.add(bad.wrong("another case", "TITLE", good.copy().put("TITLE", "t")));
    return bad.cases;
  }

  private void spoilAll(String prefix, JsonObject part) {
    for (String name : part.fieldNames()) {
      Object value = part.getValue(name);
      if (value instanceof JsonObject inner) {
        put("a list", prefix + name, name, prefix, "[]");
        put("a text", prefix + name, name, prefix, "\"text\"");
        spoilAll(name + ".", inner);
      } else if (value instanceof JsonArray) {
        put("a text", prefix + name, name, prefix, "\"music\"");
        put("an object", prefix + name, name, prefix, "{\"a\":1}");
        put(
            "too many",
            prefix + name,
            name,
            prefix,
            new JsonArray(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)).encode());
        WRONG.forEach(
            (what, json) ->
                put(what, prefix + name + "[1]", name, prefix, "[\"ok\"," + json + "]"));
      } else {
        Map<String, String> wrong = value instanceof Number ? NO_NUMBER : WRONG;
        wrong.forEach((what, json) -> put(what, prefix + name, name, prefix, json));
      }
    }
  }

  private void put(String what, String field, String name, String prefix, String json) {
    JsonObject body = good.copy();
    JsonObject part =
        prefix.isEmpty() ? body : body.getJsonObject(prefix.substring(0, prefix.length() - 1));
    part.put(name, "@@");
    cases.add(new Case(what, field, body.encode().replace(MARK, json)));
  }

  private Case wrong(String what, String field, JsonObject body) {
    return new Case(what, field, body.encode());
  }
}
