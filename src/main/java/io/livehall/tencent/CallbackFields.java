package io.livehall.tencent;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a posted callback, as loosely typed as the cloud sends them: numbers may be written
 * as strings, and strings may have stray blanks around them.
 */
final class CallbackFields {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  private final JsonObject json;

  private CallbackFields(JsonObject json) {
    this.json = json;
  }

  static CallbackFields of(@Nullable String body) {
    Object json;
    try {
      json = body == null ? null : Json.decodeValue(body);
    } catch (DecodeException notJson) {
      throw new LiveException(ErrorCode.INVALID, "The body is not JSON.");
    }
    if (json instanceof JsonObject object) {
      return new CallbackFields(object);
    }
    throw new LiveException(ErrorCode.INVALID, "The body is not a JSON object.");
  }

  /**
   * The text of a string or of a whole number, trimmed; empty if the field is absent, null or
   * blank.
   */
  Optional<String> text(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String || value instanceof Integer || value instanceof Long)) {
      throw LiveException.invalid(name, "must be a string");
    }
    String text = value.toString().strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> LiveException.invalid(name, "is missing"));
  }

  /** A whole number that is not negative, as its decimal text. */
  Optional<String> digits(String name) {
    Optional<String> text = text(name);
    if (text.isPresent() && !DIGITS.matcher(text.get()).matches()) {
      throw LiveException.invalid(name, "must be a whole number, not negative");
    }
    return text;
  }

  Optional<Long> number(String name) {
    return digits(name).map(Long::parseLong);
  }

  long requiredNumber(String name) {
    return number(name).orElseThrow(() -> LiveException.invalid(name, "is missing"));
  }
}
