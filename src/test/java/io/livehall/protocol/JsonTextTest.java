package io.livehall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void anyTextIsReadAsItWasWritten() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      String text = text(random);

      JsonObject read =
          read(new JsonText().put("a", text).put("b", List.of(text, "x")).put("c", i));

      assertThat(read.getString("a")).isEqualTo(text);
      assertThat(read.getJsonArray("b")).isEqualTo(new JsonArray().add(text).add("x"));
      assertThat(read.getInteger("c")).isEqualTo(i);
    }
  }

  @Test
  void objectsAndListsMayBeEmptyOrWithin() {
    JsonText inner = new JsonText().put("none", (String) null);

    String text =
        new String(
            new JsonText().put("list", List.of()).put("o", inner).put("e", new JsonText()).bytes());

    assertThat(text).isEqualTo("{\"list\":[],\"o\":{\"none\":null},\"e\":{}}");
  }

  @Test
  void timesAreThoseOfJavaWithMilliseconds() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      Instant at = Instant.ofEpochMilli(Math.floorMod(random.nextLong(), 4_000_000_000_000L));

      String text = Times.text(at);

      assertThat(text).hasSize(24);
      assertThat(Instant.parse(text)).isEqualTo(at.truncatedTo(ChronoUnit.MILLIS));
    }
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    int[] kinds = {0x20, 0x80, 0x3000, 0x10FFFF};
    for (int i = random.nextInt(20); i > 0; i--) {
      int point = random.nextInt(kinds[random.nextInt(kinds.length)]);
      text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? '"' : point);
    }
    return text.append("\\\"").toString();
  }

  private static JsonObject read(JsonText json) {
    return new JsonObject(Buffer.buffer(json.bytes()));
  }
}
