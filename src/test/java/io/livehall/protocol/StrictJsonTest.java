package io.livehall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.LiveException;
import io.livehall.domain.LiveException.FieldError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {

  @Test
  void readsEachKindOfValue() {
    JsonObject read =
        read("\n {'a':1,'b':[true,{'c':null},'\\u6811'],'d':-2.5,'e':9007199254740993}");

    assertThat(read.getInteger("a")).isEqualTo(1);
    assertThat(read.getJsonArray("b"))
        .isEqualTo(new JsonArray().add(true).add(new JsonObject().putNull("c")).add("树"));
    assertThat(read.getDouble("d")).isEqualTo(-2.5);
    assertThat(read.getLong("e")).isEqualTo(9007199254740993L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "[]", "null", "1", "'{}'"})
  void refusesWhatIsNoObject(String text) {
    refuses(text, "must be a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{'a'",
        "{'a':}",
        "{'a':1,}",
        "{'a':01}",
        "{a:1}",
        "{'a':NaN}",
        "{}{}",
        "{} x",
        "{'a':[1}"
      })
  void refusesWhatIsBroken(String text) {
    refuses(text, "not valid JSON");
  }

  @Test
  void refusesWhatIsTooDeep() {
    refuses("{'a':" + "[".repeat(20_000) + "]".repeat(20_000) + "}", "not valid JSON");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"{'a':1,'a':1}", "{'b':{'a':1,'a':null}}", "{'b':[{'a':1,'\\u0061':2}]}"},
      delimiter = '|')
  void refusesTwoFieldsOfOneName(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            LiveException.class,
            e -> assertThat(e.fields()).containsExactly(new FieldError("a", "is there twice")));
  }

  @Test
  void refusesWhatIsNoUtf8() {
    byte[] bytes = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};

    assertThatThrownBy(() -> StrictJson.object(Buffer.buffer(bytes)))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void takesTheSignThatStandsForWhatCouldNotBeRead() {
    assertThat(read("{'a':'\uFFFD'}").getString("a")).isEqualTo("\uFFFD");
  }

  private static void refuses(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(LiveException.class)
        .hasMessageContaining(why);
  }

  private static JsonObject read(String text) {
    return StrictJson.object(Buffer.buffer(text.replace('\'', '"')));
  }
}
