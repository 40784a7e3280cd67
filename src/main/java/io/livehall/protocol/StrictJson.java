package io.livehall.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object and nothing else. It is read in one pass and leaves little behind: each viewer
 * who comes sends two.
 */
final class StrictJson {
  /** Names from outside are not kept for the next reader. */
  private static final JsonFactory READERS =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private StrictJson() {}

  static JsonObject object(Buffer body) {
    byte[] bytes = body.getBytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw invalid("This is not UTF-8.");
    }
    if (!text.stripLeading().startsWith("{")) {
      throw invalid("This must be a JSON object.");
    }
    try (JsonParser parser = READERS.createParser(text)) {
      parser.nextToken();
      JsonObject object = object(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more than one");
      }
      return object;
    } catch (IOException e) {
      throw invalid("This is not valid JSON.");
    }
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      Object value = value(parser);
      // Readers take either: nobody can know which was meant.
      if (fields.containsKey(name)) {
        throw LiveException.invalid(Faults.shown(name), "is there twice");
      }
      fields.put(name, value);
    }
    return new JsonObject(fields);
  }

  private static JsonArray array(JsonParser parser) throws IOException {
    var items = new JsonArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (Objects.requireNonNull(parser.currentToken())) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new JsonParseException(parser, "no value");
    };
  }

  private static LiveException invalid(String what) {
    return new LiveException(ErrorCode.INVALID, what);
  }
}
