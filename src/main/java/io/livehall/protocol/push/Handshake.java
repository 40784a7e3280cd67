package io.livehall.protocol.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that becomes a WebSocket. When it is done it leaves the pipeline, and with it
 * everything that knows HTTP: a socket that waits costs no more than it must.
 */
final class Handshake extends ChannelInboundHandlerAdapter {
  static final String PATH = "/v1/live";
  private static final String SUBPROTOCOL = "livehall.v1";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_LENGTH = 24;

  private static final WebSocketDecoderConfig DECODING =
      WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(Limits.FRAME_BYTES)
          .closeOnProtocolViolation(false)
          .withUTF8Validator(false)
          .build();

  private final PushSocket socket;
  private final Limits limits;
  private final boolean isOneTooMany;
  private @Nullable HttpRequest request;

  /**
   * @param isOneTooMany there are too many from that address already
   */
  Handshake(PushSocket socket, Limits limits, boolean isOneTooMany) {
    this.socket = socket;
    this.limits = limits;
    this.isOneTooMany = isOneTooMany;
  }

  static HttpRequestDecoder decoder() {
    return new HttpRequestDecoder(2048, 8192, 1024);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof HttpRequest head) {
        request = head;
      }
      HttpRequest head = request;
      boolean isWhole = message instanceof LastHttpContent;
      if (head != null && (isWhole || head.decoderResult().isFailure())) {
        answer(ctx, head);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable trouble) {
    ctx.close();
  }

  private void answer(ChannelHandlerContext ctx, HttpRequest head) {
    HttpHeaders headers = head.headers();
    String path = head.uri().split("\\?", 2)[0];
    String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
    if (head.decoderResult().isFailure()) {
      refuse(ctx, "400 Bad Request", "", "That is not HTTP.");
    } else if (isOneTooMany) {
      socket.turnAway("address");
      refuse(ctx, "429 Too Many Requests", "Retry-After: 10\r\n", "Too many from this address.");
    } else if (!path.equals(PATH)) {
      refuse(ctx, "404 Not Found", "", "There is only " + PATH + " here.");
    } else if (!head.method().equals(HttpMethod.GET)
        || !headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
        || !headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
        || !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", true)) {
      String wanted = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
      refuse(ctx, "426 Upgrade Required", wanted, "Connect with a WebSocket.");
    } else if (key.length() != KEY_LENGTH) {
      refuse(ctx, "400 Bad Request", "", "Sec-WebSocket-Key is not one.");
    } else {
      upgrade(ctx, headers, key);
    }
  }

  /** A web page learns why it was refused only from a close code, so it is let in for that. */
  private void upgrade(ChannelHandlerContext ctx, HttpHeaders headers, String key) {
    boolean isNamed = headers.containsValue("Sec-WebSocket-Protocol", SUBPROTOCOL, false);
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key)
            + "\r\n"
            + (isNamed ? "Sec-WebSocket-Protocol: " + SUBPROTOCOL + "\r\n" : "")
            + "\r\n";
    ctx.writeAndFlush(ascii(head), ctx.voidPromise());
    ctx.pipeline().addLast(new WebSocket13FrameDecoder(DECODING), socket);
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    if (origin != null && !limits.origins().isEmpty() && !limits.origins().contains(origin)) {
      socket.refuse(Refusal.origin(), CloseCode.FORBIDDEN);
    }
    // What the client has said behind its request goes from the decoder, when that leaves, to the
    // next.
    ctx.pipeline().remove(this);
    ctx.pipeline().remove(HttpRequestDecoder.class);
  }

  private void refuse(ChannelHandlerContext ctx, String status, String more, String message) {
    socket.turnAway("handshake");
    String head = "HTTP/1.1 " + status + "\r\n" + more + "Connection: close\r\n";
    String body = "Content-Length: " + (message.length() + 1) + "\r\n\r\n" + message + "\n";
    ctx.writeAndFlush(ascii(head + "Content-Type: text/plain\r\n" + body))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }

  private static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
