package io.livehall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds a JSON value against a schema of a contract. It knows the words that the contracts use, and
 * no others: one that it does not know is a fault, so that nothing goes unchecked. A field that an
 * answer has and the contract does not name is a fault too.
 */
final class ContractSchema {
  private static final Set<String> SAYS_NOTHING =
      Set.of("description", "example", "default", "format");
  private static final Set<String> KNOWN =
      Set.of(
          "$ref",
          "type",
          "enum",
          "const",
          "required",
          "properties",
          "additionalProperties",
          "items",
          "additionalItems",
          "minItems",
          "maxItems",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "pattern");

  private final ContractFile contract;
  private final List<String> faults = new ArrayList<>();

  private ContractSchema(ContractFile contract) {
    this.contract = contract;
  }

  static List<String> faults(ContractFile contract, JsonObject schema, Object value) {
    var check = new ContractSchema(contract);
    check.check("", schema, value);
    return check.faults;
  }

  private void check(String at, JsonObject written, Object value) {
    JsonObject schema = contract.resolved(written);
    for (String word : schema.fieldNames()) {
      if (!KNOWN.contains(word) && !SAYS_NOTHING.contains(word)) {
        faults.add(at + ": the word " + word + " is not checked");
      }
    }
    checkChoice(at, schema, value);
    if (!isOfType(schema, value)) {
      faults.add(at + ": " + value + " is not of " + schema.getValue("type"));
    } else if (value instanceof JsonObject object) {
      checkObject(at, schema, object);
    } else if (value instanceof JsonArray array) {
      checkArray(at, schema, array);
    } else if (value instanceof String text) {
      checkText(at, schema, text);
    } else if (value instanceof Number number) {
      checkNumber(at, schema, number);
    }
  }

  private void checkChoice(String at, JsonObject schema, Object value) {
    JsonArray choices = schema.getJsonArray("enum");
    if (choices != null && !choices.contains(value)) {
      faults.add(at + ": " + value + " is none of " + choices);
    }
    if (schema.containsKey("const") && !schema.getValue("const").equals(value)) {
      faults.add(at + ": " + value + " is not " + schema.getValue("const"));
    }
  }

  private static boolean isOfType(JsonObject schema, Object value) {
    Object type = schema.getValue("type");
    return type == null
        || (type instanceof JsonArray types
            ? types.stream().anyMatch(one -> isOfType((String) one, value))
            : isOfType((String) type, value));
  }

  private static boolean isOfType(String type, Object value) {
    return switch (type) {
      case "null" -> value == null;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Integer || value instanceof Long;
      case "number" -> value instanceof Number;
      case "object" -> value instanceof JsonObject;
      case "array" -> value instanceof JsonArray;
      default -> false;
    };
  }

  private void checkObject(String at, JsonObject schema, JsonObject object) {
    for (Object name : schema.getJsonArray("required", new JsonArray())) {
      if (!object.containsKey((String) name)) {
        faults.add(at + ": " + name + " is missing");
      }
    }
    JsonObject properties = schema.getJsonObject("properties");
    if (properties == null) {
      return;
    }
    for (String name : object.fieldNames()) {
      JsonObject property = properties.getJsonObject(name);
      if (property == null) {
        faults.add(at + "." + name + ": is not in the contract");
      } else {
        check(at + "." + name, property, object.getValue(name));
      }
    }
  }

  private void checkArray(String at, JsonObject schema, JsonArray array) {
    boolean isLong = array.size() > schema.getInteger("maxItems", Integer.MAX_VALUE);
    if (isLong || array.size() < schema.getInteger("minItems", 0)) {
      faults.add(at + ": has " + array.size() + " items");
    }
    JsonArray places = schema.getValue("items") instanceof JsonArray list ? list : null;
    int checked = places == null ? array.size() : Math.min(array.size(), places.size());
    for (int i = 0; i < checked; i++) {
      JsonObject item = places == null ? schema.getJsonObject("items") : places.getJsonObject(i);
      check(at + "[" + i + "]", item, array.getValue(i));
    }
    if (array.size() > checked && Boolean.FALSE.equals(schema.getValue("additionalItems"))) {
      faults.add(at + ": has places that are not in the contract");
    }
  }

  private void checkText(String at, JsonObject schema, String text) {
    int length = text.codePointCount(0, text.length());
    boolean isLong = length > schema.getInteger("maxLength", Integer.MAX_VALUE);
    if (isLong || length < schema.getInteger("minLength", 0)) {
      faults.add(at + ": has " + length + " characters");
    }
    String pattern = schema.getString("pattern");
    if (pattern != null && !Pattern.compile(pattern).matcher(text).find()) {
      faults.add(at + ": " + text + " is not of the form " + pattern);
    }
    if ("date-time".equals(schema.getString("format")) && !isTime(text)) {
      faults.add(at + ": " + text + " is not a time in UTC");
    }
  }

  private void checkNumber(String at, JsonObject schema, Number number) {
    boolean isSmall = number.doubleValue() < schema.getDouble("minimum", -Double.MAX_VALUE);
    if (isSmall || number.doubleValue() > schema.getDouble("maximum", Double.MAX_VALUE)) {
      faults.add(at + ": " + number + " is out of range");
    }
  }

  private static boolean isTime(String text) {
    try {
      return text.endsWith("Z") && Instant.parse(text).isAfter(Instant.EPOCH);
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
