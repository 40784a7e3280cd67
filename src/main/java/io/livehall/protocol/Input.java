package io.livehall.protocol;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object from outside, read strictly: what nobody asked for is refused, and everything that
 * is wrong is told at once. A reader answers null for what is absent or refused; after {@link
 * #done} only the first is left.
 */
public final class Input {
  private final JsonObject json;
  private final String prefix;
  private final boolean refusesNull;
  private final Faults errors;
  private final Set<String> asked = new HashSet<>();
  private final List<Input> parts = new ArrayList<>();

  private Input(JsonObject json, String prefix, boolean refusesNull, Faults errors) {
    this.json = json;
    this.prefix = prefix;
    this.refusesNull = refusesNull;
    this.errors = errors;
  }

  /** Of a call that makes something: null says the same as absence. */
  public static Input of(Buffer body) {
    return new Input(StrictJson.object(body), "", false, new Faults());
  }

  /** The same where the body may be left out: that says as much as an empty object. */
  public static Input ofOptional(Buffer body) {
    return body.length() == 0
        ? new Input(new JsonObject(), "", false, new Faults())
        : Input.of(body);
  }

  /** Of a call that changes something: null could be meant to clear, so it is not guessed at. */
  public static Input ofPatch(Buffer body) {
    return new Input(StrictJson.object(body), "", true, new Faults());
  }

  public boolean isEmpty() {
    return json.isEmpty();
  }

  public @Nullable String text(String field, TextRule rule) {
    Object value = value(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String raw)) {
      return refuse(field, "must be a text");
    }
    return checked(field, raw, rule);
  }

  /** As {@link #text}, but it must be there. */
  public @Nullable String requiredText(String field, TextRule rule) {
    if (json.getValue(field) == null) {
      asked.add(field);
      return refuse(field, "is required");
    }
    return text(field, rule);
  }

  /** A list of texts; one that is there twice counts once. */
  public @Nullable List<String> texts(String field, int max, TextRule rule) {
    Object value = value(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonArray array)) {
      return refuse(field, "must be a list of texts");
    }
    if (array.size() > max) {
      return refuse(field, "must have at most " + max + " items");
    }
    var texts = new LinkedHashSet<String>();
    for (int i = 0; i < array.size(); i++) {
      String item = field + "[" + i + "]";
      String text =
          array.getValue(i) instanceof String raw
              ? checked(item, raw, rule)
              : refuse(item, "must be a text");
      if (text != null) {
        texts.add(text);
      }
    }
    return List.copyOf(texts);
  }

  public @Nullable Long whole(String field, long min, long max) {
    Object value = value(field);
    if (value == null) {
      return null;
    }
    boolean isWhole = value instanceof Integer || value instanceof Long;
    long number = isWhole ? ((Number) value).longValue() : 0;
    return isWhole && number >= min && number <= max
        ? Long.valueOf(number)
        : refuse(field, "must be a whole number from " + min + " to " + max);
  }

  /** Whether the field is there, and is not null. */
  public boolean has(String field) {
    return json.getValue(field) != null;
  }

  /** An object within this one; an empty one if it is absent. */
  public Input part(String field) {
    Object value = value(field);
    if (value != null && !(value instanceof JsonObject)) {
      refuse(field, "must be an object");
    }
    JsonObject inner = value instanceof JsonObject object ? object : new JsonObject();
    var part = new Input(inner, prefix + field + ".", refusesNull, errors);
    parts.add(part);
    return part;
  }

  /** Fails INVALID if anything was refused, or is there that was not asked for. */
  public void done() {
    refuseUnknown();
    errors.done();
  }

  private void refuseUnknown() {
    for (String field : json.fieldNames()) {
      if (!asked.contains(field)) {
        refuse(field, "is not known");
      }
    }
    parts.forEach(Input::refuseUnknown);
  }

  private @Nullable Object value(String field) {
    asked.add(field);
    Object value = json.getValue(field);
    if (value == null && refusesNull && json.containsKey(field)) {
      return refuse(field, "must not be null; leave it out to keep what it is");
    }
    return value;
  }

  private @Nullable String checked(String field, String raw, TextRule rule) {
    String text = rule.prepared(raw);
    String complaint = rule.complaint(text);
    return complaint == null ? text : refuse(field, complaint);
  }

  private <T> @Nullable T refuse(String field, String message) {
    errors.refuse(prefix + field, message);
    return null;
  }
}
