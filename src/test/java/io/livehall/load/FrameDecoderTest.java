package io.livehall.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;

  private final List<String> taken = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(new Notes());

  private final class Notes implements FrameDecoder.Taker {
    @Override
    public void text(ByteBuf payload, int wireBytes) {
      String text = payload.toString(UTF_8);
      taken.add(
          "text " + (text.length() > 20 ? text.length() + " chars" : text) + " of " + wireBytes);
    }

    @Override
    public void ping(ByteBuf payload) {
      taken.add("ping " + payload.toString(UTF_8));
    }

    @Override
    public void closed(int code) {
      taken.add("close " + code);
    }

    @Override
    public void fault(String what) {
      taken.add("fault " + what);
    }
  }

  @Test
  void readsSeveralFramesOfOneRead() {
    read(frame(TEXT, "one"), frame(PING, "p"), frame(0x8a, "pong"), frame(TEXT, "two"));

    assertThat(taken).containsExactly("text one of 5", "ping p", "text two of 5");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 125, 126, 65_535, 65_536, 1 << 20})
  void readsEveryLength(int length) {
    read(frame(TEXT, "x".repeat(length)));

    int head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    String text = length > 20 ? length + " chars" : "";
    assertThat(taken).containsExactly("text " + text + " of " + (head + length));
  }

  @Test
  void readsWhatComesByteByByte() {
    ByteBuf all =
        Unpooled.wrappedBuffer(
            frame(TEXT, "one"), frame(TEXT, "y".repeat(300)), frame(CLOSE, "\u0003\u00e9"));

    while (all.isReadable()) {
      decoder.read(Unpooled.copiedBuffer(all.readSlice(1)));
    }

    assertThat(taken).startsWith("text one of 5", "text 300 chars of 304");
  }

  @Test
  void putsPiecesTogetherAroundAPing() {
    read(frame(0x01, "one "), frame(PING, "p"), frame(0x00, "two "), frame(0x80, "three"));

    assertThat(taken).containsExactly("ping p", "text one two three of 19");
  }

  @Test
  void tellsTheCloseCode() {
    read(Unpooled.wrappedBuffer(new byte[] {(byte) CLOSE, 2, 0x11, 0x30}));

    assertThat(taken).containsExactly("close 4400");
  }

  @Test
  void aCloseWithoutACodeIs1005() {
    read(frame(CLOSE, ""));

    assertThat(taken).containsExactly("close 1005");
  }

  @Test
  void readsNothingAfterTheEnd() {
    read(frame(CLOSE, ""), frame(TEXT, "late"));
    decoder.end();
    read(frame(TEXT, "later"));

    assertThat(taken).containsExactly("close 1005");
  }

  @Test
  void refusesWhatAServerMayNotSend() {
    assertThat(fault(new byte[] {(byte) 0x82, 0})).isEqualTo("fault a frame of opcode 2");
    assertThat(fault(new byte[] {(byte) 0xc1, 0}))
        .isEqualTo("fault a frame with reserved bits or a mask");
    assertThat(fault(new byte[] {(byte) 0x81, (byte) 0x80}))
        .isEqualTo("fault a frame with reserved bits or a mask");
    assertThat(fault(new byte[] {(byte) 0x80, 0}))
        .isEqualTo("fault a message inside another, or the end of none");
    assertThat(fault(new byte[] {(byte) 0x81, 127, 0, 0, 0, 0, 0, 0x10, 0, 1}))
        .isEqualTo("fault a frame of over 1 MB");
    assertThat(fault(new byte[] {(byte) 0x81, 127, -1, -1, -1, -1, -1, -1, -1, -1}))
        .isEqualTo("fault a frame of over 1 MB");
  }

  @Test
  void piecesWithoutEndAreRefused() {
    String half = "z".repeat(1 << 19);

    read(frame(0x01, half), frame(0x00, half), frame(0x00, "!"));

    assertThat(taken).containsExactly("fault a message of over 1 MB");
  }

  private String fault(byte[] bytes) {
    taken.clear();
    new FrameDecoder(new Notes()).read(Unpooled.wrappedBuffer(bytes));
    return String.join(" ", taken);
  }

  private void read(ByteBuf... frames) {
    decoder.read(Unpooled.wrappedBuffer(frames));
  }

  private static ByteBuf frame(int first, String text) {
    byte[] payload = text.getBytes(UTF_8);
    ByteBuf frame = Unpooled.buffer().writeByte(first);
    if (payload.length < 126) {
      frame.writeByte(payload.length);
    } else if (payload.length < 65_536) {
      frame.writeByte(126).writeShort(payload.length);
    } else {
      frame.writeByte(127).writeLong(payload.length);
    }
    return frame.writeBytes(payload);
  }
}
