package io.livehall.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads each distinct frame once, however many viewers get it. It remembers the last 64 frames of
 * at most 128 KB; others are read each time. Belongs to one event loop.
 */
final class FrameCache {
  private static final int KEPT_MAX = 64;
  private static final int BYTES_MAX = 128 << 10;

  private record Known(ByteBuf bytes, Frame frame) {}

  private final @Nullable Known[] known = new @Nullable Known[KEPT_MAX];
  private int last;

  Frame read(ByteBuf payload) {
    int length = payload.readableBytes();
    for (int i = 0; i < KEPT_MAX; i++) {
      Known one = known[(last - i) & (KEPT_MAX - 1)];
      if (one == null) {
        break;
      }
      if (one.bytes.readableBytes() == length && ByteBufUtil.equals(one.bytes, payload)) {
        return one.frame;
      }
    }
    Frame frame = Frame.of(payload.toString(StandardCharsets.UTF_8));
    if (length <= BYTES_MAX) {
      last = (last + 1) & (KEPT_MAX - 1);
      known[last] = new Known(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(payload)), frame);
    }
    return frame;
  }
}
