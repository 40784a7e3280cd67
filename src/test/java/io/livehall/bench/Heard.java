package io.livehall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Frames of one beginning, of which so many are awaited: when the first and the last came. */
final class Heard {
  private static final long PATIENCE_SECONDS = 20;

  private final ByteBuf beginning;
  private final int count;
  private final CompletableFuture<Void> all = new CompletableFuture<>();
  private int seen;
  private long firstNanos;
  private long lastNanos;

  Heard(String beginning, int count) {
    this.beginning = Unpooled.copiedBuffer(beginning, UTF_8);
    this.count = count;
  }

  /** Only for the event loop. */
  void hear(ByteBuf text) {
    int length = beginning.readableBytes();
    if (text.readableBytes() < length
        || !ByteBufUtil.equals(text, text.readerIndex(), beginning, 0, length)) {
      return;
    }
    seen++;
    if (seen == 1) {
      firstNanos = System.nanoTime();
    }
    if (seen == count) {
      lastNanos = System.nanoTime();
      all.complete(null);
    }
  }

  void fail(String why) {
    all.completeExceptionally(new IllegalStateException(why));
  }

  Heard await() {
    try {
      all.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return this;
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "only " + seen + " of " + count + " heard " + beginning.toString(UTF_8), e);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From the first to the last. */
  double spreadMillis() {
    return (lastNanos - firstNanos) / 1e6;
  }

  /** From a moment of the wall clock to the last. */
  double lastMillisAfter(Instant begun) {
    long ago = System.nanoTime() - lastNanos;
    return (Duration.between(begun, Instant.now()).toNanos() - ago) / 1e6;
  }
}
