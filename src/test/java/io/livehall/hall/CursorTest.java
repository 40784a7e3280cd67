package io.livehall.hall;

import static io.livehall.hall.Sample.at;
import static io.livehall.hall.Sample.id;
import static io.livehall.hall.Sample.room;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @Test
  void isReadBackFromItsText() {
    for (var cursor : samples()) {
      assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
      assertThat(cursor.text()).matches("[A-Za-z0-9_-]{38,54}");
    }
  }

  @Test
  void isRefusedWithAnotherSortOrTag() {
    var hall = Hall.of(at(1), List.of(room(1, 1, 1, "a", "b"), room(2, 2, 2, "a", "b")));
    var tags = new String[] {null, "", "a", "b", "A"};
    for (var cursor : samples()) {
      int accepted = 0;
      for (var sort : Sort.values()) {
        for (var tag : tags) {
          if (cursor.view().equals(Cursor.View.of(sort, tag))) {
            assertThat(hall.page(new PageQuery(sort, tag, 5, cursor)).at()).isEqualTo(at(1));
            accepted++;
          } else {
            assertRefused(() -> new PageQuery(sort, tag, 5, cursor));
          }
        }
      }
      assertThat(accepted).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "null",
        "-1",
        "====",
        "\n",
        "%00",
        "\u0000",
        "游标",
        "../../etc/passwd",
        "🙂"
      })
  void refusesWhatWasNeverACursor(String text) {
    assertRefused(() -> Cursor.parse(text));
    assertRefused(() -> Cursor.parse(text.repeat(1_000) + "x".repeat(100_000)));
  }

  @Test
  void refusesAnyCharacterChangedAddedOrLost() {
    for (var cursor : samples()) {
      var text = cursor.text();
      for (int i = 0; i < text.length(); i++) {
        for (char c = 0; c < 256; c++) {
          var changed = text.substring(0, i) + c + text.substring(i + 1);
          if (!changed.equals(text)) {
            assertRefused(() -> Cursor.parse(changed));
          }
        }
        var lost = text.substring(0, i) + text.substring(i + 1);
        var added = text.substring(0, i) + 'A' + text.substring(i);
        var cut = text.substring(0, i);
        assertRefused(() -> Cursor.parse(lost));
        assertRefused(() -> Cursor.parse(added));
        assertRefused(() -> Cursor.parse(cut));
      }
      assertRefused(() -> Cursor.parse(text + "="));
      assertRefused(() -> Cursor.parse(text + text));
    }
  }

  @Test
  void refusesRandomBytesInAnyForm() {
    var random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && i % 2 == 0) {
        bytes[0] &= 3; // a kind that exists, so that the rest is looked at
      }
      assertRefused(
          () -> Cursor.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
      assertRefused(() -> Cursor.parse(new String(bytes, ISO_8859_1)));
    }
  }

  private static List<Cursor> samples() {
    var samples = new ArrayList<Cursor>();
    var last = room(123_456, 1_760_000_000_123L, 42);
    var extreme =
        new ListedRoom(id(0), 1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 0, List.of(), new byte[0]);
    for (var sort : Sort.values()) {
      for (var tag : new String[] {null, "", "a"}) {
        samples.add(Cursor.after(last, sort, tag));
        samples.add(Cursor.after(extreme, sort, tag));
      }
    }
    return samples;
  }

  private static void assertRefused(Runnable use) {
    var refusal = catchThrowableOfType(LiveException.class, use::run);
    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
    assertThat(refusal.fields().get(0).field()).isEqualTo("cursor");
  }
}
