package io.livehall.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object written from one end to the other: for rooms, which are encoded by the thousand.
 */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder(640).append('{');

  public JsonText put(String name, @Nullable String value) {
    name(name);
    if (value == null) {
      text.append("null");
    } else {
      quote(value);
    }
    return this;
  }

  public JsonText put(String name, long value) {
    name(name).append(value);
    return this;
  }

  public JsonText put(String name, Iterable<String> values) {
    name(name).append('[');
    for (String value : values) {
      comma('[');
      quote(value);
    }
    text.append(']');
    return this;
  }

  public JsonText put(String name, JsonText object) {
    name(name).append(object.text).append('}');
    return this;
  }

  public byte[] bytes() {
    return (text + "}").getBytes(UTF_8);
  }

  private StringBuilder name(String name) {
    comma('{');
    return text.append('"').append(name).append("\":");
  }

  private void comma(char opening) {
    if (text.charAt(text.length() - 1) != opening) {
      text.append(',');
    }
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < 0x20) {
        text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
