package io.livehall.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One connection that likes over HTTP, one like at a time, each of another user. */
final class HttpLiker extends ChannelInboundHandlerAdapter implements LikeLoad.Liker {
  /** So many that each stays below what one may give to a room. */
  private static final int USERS = 5_000;

  /** So many users like a room by turns, where there are many rooms. */
  private static final int FANS = 10;

  private static final Map<String, String> TOKENS = new HashMap<>();

  private static final byte[] GOOD = "HTTP/1.1 200".getBytes(UTF_8);
  private static final byte[] LIMITED = "HTTP/1.1 429".getBytes(UTF_8);

  private final LikeLoad load;
  private final ByteBuf[] requests;
  private final CompletableFuture<LikeLoad.Liker> ready;
  private @Nullable ChannelHandlerContext ctx;
  private int next;
  private boolean isWaiting;
  private long since;

  /** Which part of the users and rooms a connection has: every so many-th from its own. */
  record Part(int first, int every, int rooms) {
    /** As {@link SeedRooms} names its rooms. */
    String room(int n) {
      try {
        byte[] digest =
            MessageDigest.getInstance("MD5")
                .digest(Integer.toString(n % rooms + 1).getBytes(UTF_8));
        return "r" + HexFormat.of().formatHex(digest).substring(0, 15);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private HttpLiker(LikeLoad load, ByteBuf[] requests, CompletableFuture<LikeLoad.Liker> ready) {
    this.load = load;
    this.requests = requests;
    this.ready = ready;
  }

  static void open(LikeLoad load, int port, Part part, CompletableFuture<LikeLoad.Liker> ready) {
    int turns = part.rooms() == 1 ? USERS / part.every() : FANS * part.rooms() / part.every();
    var requests = new ByteBuf[turns];
    for (int turn = 0; turn < turns; turn++) {
      int n = part.first() + turn * part.every();
      int user = (n + n / part.rooms()) % USERS;
      requests[turn] = Unpooled.unreleasableBuffer(request("liker_" + user, part.room(n)));
    }
    new Bootstrap()
        .group(load.loop())
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(new HttpLiker(load, requests, ready))
        .connect("127.0.0.1", port);
  }

  @Override
  public boolean give() {
    if (isWaiting || ctx == null) {
      return false;
    }
    isWaiting = true;
    since = System.nanoTime();
    ctx.writeAndFlush(requests[next].duplicate(), ctx.voidPromise());
    next = (next + 1) % requests.length;
    return true;
  }

  @Override
  public void flush() {}

  @Override
  public int waiting() {
    return isWaiting ? 1 : 0;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ctx = context;
    ready.complete(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (begins(in, GOOD)) {
      load.answered(1, since);
    } else if (begins(in, LIMITED)) {
      load.refused(1);
    } else {
      load.broken("not accepted: " + in.toString(ISO_8859_1));
    }
    in.release();
    isWaiting = false;
    if (load.goesOn()) {
      give();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    load.broken("the server closed the connection");
  }

  private static boolean begins(ByteBuf in, byte[] with) {
    return in.readableBytes() >= with.length
        && ByteBufUtil.equals(in, in.readerIndex(), Unpooled.wrappedBuffer(with), 0, with.length);
  }

  private static ByteBuf request(String user, String room) {
    return Unpooled.copiedBuffer(
        "POST /v1/rooms/"
            + room
            + "/likes HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
            + TOKENS.computeIfAbsent(user, HttpRate::token)
            + "\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"count\":1}",
        UTF_8);
  }
}
