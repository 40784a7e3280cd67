package io.livehall;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A WebSocket at the client's end, byte by byte: it can send what no client should, and takes from
 * the server only what a server may send. Nothing is read but what a test asks for.
 */
final class PushWire implements AutoCloseable {
  static final int TEXT = 0x81;
  static final int BINARY = 0x82;
  static final int CLOSE = 0x88;
  static final int PING = 0x89;
  static final int PONG = 0x8A;

  static final String PATH = "/v1/live";

  private static final byte[] MASK = {1, 2, 3, 4};
  private static final int MASKED = 0x80;

  private final Socket socket = new Socket();
  private final InputStream in;
  private long bytesRead;

  /** A frame from the server, whole. */
  record Frame(int kind, byte[] payload) {}

  PushWire(int port) {
    this(port, 0, "127.0.0.1");
  }

  /**
   * @param receiveBytes what the kernel keeps of unread bytes, about; 0 for its own choice
   * @param from the address that the server sees: all that begin with 127 are of this machine
   */
  PushWire(int port, int receiveBytes, String from) {
    try {
      socket.bind(new InetSocketAddress(from, 0));
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a good client asks for; the headers are added. */
  static String request(String... headers) {
    var request =
        new StringBuilder("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n")
            .append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
            .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  /** The head of the answer to a good request. */
  String shakeHands(String... headers) {
    send(request(headers).getBytes(ISO_8859_1));
    return head();
  }

  /** What the server says up to an empty line. */
  String head() {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) read(Duration.ofSeconds(5)));
    }
    return head.toString();
  }

  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A frame as a client must send it. */
  void send(int firstByte, byte[] payload) {
    send(masked(firstByte, payload));
  }

  static byte[] masked(int firstByte, byte[] payload) {
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK[i % MASK.length];
    }
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(header(firstByte, MASKED, payload.length));
    bytes.writeBytes(MASK);
    bytes.writeBytes(masked);
    return bytes.toByteArray();
  }

  static byte[] unmasked(int firstByte, byte[] payload) {
    byte[] header = header(firstByte, 0, payload.length);
    return ByteBuffer.allocate(header.length + payload.length).put(header).put(payload).array();
  }

  /** Whether the next frame, or the end, is there already. */
  boolean isThereMore() {
    try {
      return in.available() > 0;
    } catch (IOException closed) {
      return true;
    }
  }

  /** The next frame; null where the server closed or reset the connection. */
  Frame next(Duration patience) {
    int first = readOrEnd(patience);
    if (first < 0) {
      return null;
    }
    boolean isKnown = first == TEXT || first == CLOSE || first == PING || first == PONG;
    require(isKnown, "a frame that no server may send begins with " + first);
    int second = read(patience);
    require((second & MASKED) == 0, "a server must not mask");
    long length = second < 126 ? second : readLength(second == 126 ? 2 : 8, patience);
    require(second < 126 || length > (second == 126 ? 125 : 0xFFFF), "a longer header than needed");
    require(first == TEXT || length < 126, "a control frame of " + length);
    byte[] payload = new byte[Math.toIntExact(length)];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) read(patience);
    }
    return new Frame(first, payload);
  }

  /** Everything up to the end, as text of bytes. */
  String rest() {
    var rest = new StringBuilder();
    for (int c = readOrEnd(Duration.ofSeconds(5)); c >= 0; c = readOrEnd(Duration.ofSeconds(5))) {
      rest.append((char) c);
    }
    return rest.toString();
  }

  long bytesRead() {
    return bytesRead;
  }

  /** Ends it as a phone does that runs out of power. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] header(int firstByte, int mask, int length) {
    if (length < 126) {
      return new byte[] {(byte) firstByte, (byte) (mask | length)};
    } else if (length <= 0xFFFF) {
      return ByteBuffer.allocate(4)
          .put((byte) firstByte)
          .put((byte) (mask | 126))
          .putShort((short) length)
          .array();
    }
    return ByteBuffer.allocate(10)
        .put((byte) firstByte)
        .put((byte) (mask | 127))
        .putLong(length)
        .array();
  }

  private long readLength(int bytes, Duration patience) {
    long length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | read(patience);
    }
    return length;
  }

  private int read(Duration patience) {
    int b = readOrEnd(patience);
    if (b < 0) {
      throw new UncheckedIOException(new EOFException("it ended within a frame"));
    }
    return b;
  }

  private int readOrEnd(Duration patience) {
    try {
      socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
      int b = in.read();
      bytesRead += b < 0 ? 0 : 1;
      return b;
    } catch (SocketException reset) {
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new AssertionError(otherwise);
    }
  }
}
