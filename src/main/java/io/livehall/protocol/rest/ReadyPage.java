package io.livehall.protocol.rest;

import io.livehall.hall.Page;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A page as it goes out. Compressed at the first who asks for that. Belongs to one event loop. */
final class ReadyPage {
  /** The bytes, and how many in words, for the header. */
  record Body(Buffer bytes, CharSequence length) {
    private static Body of(byte[] bytes) {
      var length = HttpHeaders.createOptimized(Integer.toString(bytes.length));
      return new Body(Buffer.buffer(bytes), length);
    }
  }

  private final byte[] raw;
  private final Body identity;
  private final String opaque;
  private final CharSequence etag;
  private @Nullable Body gzip;

  ReadyPage(Page page) {
    this.raw = ListPage.render(page);
    this.identity = Body.of(raw);
    // The position alone is not enough: counters change without a place in the log.
    var crc = new CRC32();
    crc.update(raw);
    this.opaque =
        '"'
            + page.at().epoch()
            + '-'
            + page.at().seq()
            + '-'
            + Long.toHexString(crc.getValue())
            + '"';
    this.etag = HttpHeaders.createOptimized("W/" + opaque);
  }

  CharSequence etag() {
    return etag;
  }

  /** The tag without its mark of weakness: weak ones are compared by this. */
  String opaque() {
    return opaque;
  }

  Body identity() {
    return identity;
  }

  Body gzip() {
    if (gzip == null) {
      gzip = Body.of(compress(raw));
    }
    return gzip;
  }

  private static byte[] compress(byte[] raw) {
    var out = new ByteArrayOutputStream(raw.length / 4 + 64);
    try (var zip = new QuickGzip(out)) {
      zip.write(raw);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A page is old in a moment: a few bytes less are not worth twice the time. */
  private static final class QuickGzip extends GZIPOutputStream {
    private QuickGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
