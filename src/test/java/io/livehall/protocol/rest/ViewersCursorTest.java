package io.livehall.protocol.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.LiveException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewersCursorTest {
  @Test
  void whatWasWrittenIsRead() {
    var random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      long number = 1 + (random.nextLong() >>> 1 + random.nextInt(62));
      assertThat(ViewersCursor.parse(new ViewersCursor(number).text()).number()).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void noPageEndsThere(long number) {
    assertRefused(new ViewersCursor(number).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "2033",
        "AAAAAAAAB_E",
        "AAAAAAAAB_Hg2Ys=",
        "AAAAAAAAB/Hg2Ysk",
        "深深深深深深深深深深深深深深深深"
      })
  void whatIsOfAnotherFormIsRefused(String text) {
    assertRefused(text);
  }

  @Test
  void noCharacterCanBeChanged() {
    String text = new ViewersCursor(2_033).text();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'k' ? 'l' : 'k';
      assertRefused(text.substring(0, i) + other + text.substring(i + 1));
    }
    assertRefused(text + "A");
    assertRefused(text.substring(1));
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> ViewersCursor.parse(text))
        .isInstanceOf(LiveException.class)
        .hasMessageContaining("cursor");
  }
}
