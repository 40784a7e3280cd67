package io.livehall.protocol.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTextTest {
  @ParameterizedTest
  @CsvSource({"0,2", "1,2", "125,2", "126,4", "127,4", "65535,4", "65536,10", "300000,10"})
  void theHeaderIsTheShortestThatCanSayTheLength(int length, int header) {
    for (int expected : new int[] {0, length, 2 * length}) {
      ByteBuf frame = new FrameText(expected).ascii("x".repeat(length)).frame();

      assertThat(frame.readableBytes()).isEqualTo(header + length);
      assertThat(Sent.text(frame)).isEqualTo("x".repeat(length));
      assertThat(frame.isReadable()).isFalse();
      assertThat(frame.release()).isTrue();
    }
  }

  @Test
  void itsLengthCountsBytesAndNotCharacters() {
    String tag = "音楽📷é";
    ByteBuf frame = new FrameText(0).plain(tag).json(tag.getBytes(UTF_8)).frame();

    assertThat(frame.getByte(frame.readerIndex() + 1))
        .isEqualTo((byte) (2 * tag.getBytes(UTF_8).length));
    assertThat(Sent.text(frame)).isEqualTo(tag + tag);
    frame.release();
  }

  @Test
  void numbersAreWrittenWhole() {
    ByteBuf frame =
        new FrameText(0).number(0).ascii(" ").number(-5).ascii(" ").number(Long.MAX_VALUE).frame();

    assertThat(Sent.text(frame)).isEqualTo("0 -5 9223372036854775807");
    frame.release();
  }
}
