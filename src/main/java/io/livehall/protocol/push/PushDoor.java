package io.livehall.protocol.push;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where sockets come in: one port, which deals them out to the loops by turns, as long as there are
 * not too many of them in all or from one address.
 */
public final class PushDoor {
  private static final int BACKLOG = 4096;

  /** So many beyond what an address may have are told so at a time; others are only closed. */
  private static final int TOLD_MAX = 16;

  private static final long PAUSE_MS = 1_000;
  private static final FixedRecvByteBufAllocator READING = new FixedRecvByteBufAllocator(2048);
  private static final WriteBufferWaterMark QUEUE =
      new WriteBufferWaterMark(Limits.QUEUE_BYTES / 2, Limits.QUEUE_BYTES);

  private final Rules rules;
  private final PushFigures figures;
  private final List<PushLoop> loops = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Map<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();
  private @Nullable Future<Void> listening;
  private @Nullable ServerChannel server;
  private int turn;

  /** How many sockets there may be on this node, and from one address. */
  public record Rules(int connectionsMax, int perAddressMax) {}

  public PushDoor(Rules rules, PushFigures figures) {
    this.rules = rules;
    this.figures = figures;
  }

  /** How many sockets are here, on all loops. */
  public int open() {
    return open.get();
  }

  /** From here on this loop gets its share. */
  public void add(PushLoop loop) {
    loops.add(loop);
  }

  /** Listens; whoever asks first does it, and the others get the same answer. */
  public synchronized Future<Void> listen(Vertx vertx, String host, int port) {
    if (listening == null) {
      Promise<Void> bound = Promise.promise();
      var inside = (VertxInternal) vertx;
      ServerChannel opening = inside.transport().serverChannelFactory(false).newChannel();
      opening.config().setOption(ChannelOption.SO_REUSEADDR, true);
      opening.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
      opening.pipeline().addLast(new Deal());
      inside
          .acceptorEventLoopGroup()
          .register(opening)
          .addListener(
              registered ->
                  opening
                      .bind(new InetSocketAddress(host, port))
                      .addListener(done -> complete(bound, done.cause())));
      server = opening;
      listening = bound.future();
    }
    return listening;
  }

  /** Lets nobody in any more; those who are in stay. */
  public synchronized void close() {
    if (server != null) {
      server.close();
    }
  }

  private static void complete(Promise<Void> bound, @Nullable Throwable trouble) {
    if (trouble == null) {
      bound.complete();
    } else {
      bound.fail(trouble);
    }
  }

  private void deal(Channel child) {
    if (!(child.remoteAddress() instanceof InetSocketAddress peer)) {
      child.unsafe().closeForcibly(); // gone already
      return;
    }
    InetAddress address = peer.getAddress();
    if (open.incrementAndGet() > rules.connectionsMax() || loops.isEmpty()) {
      open.decrementAndGet();
      figures.count("push.refused", "full");
      child.unsafe().closeForcibly();
      return;
    }
    int tooMany = openByAddress.merge(address, 1, Integer::sum) - rules.perAddressMax();
    if (tooMany > TOLD_MAX) {
      leave(address);
      figures.count("push.refused", "address");
      child.unsafe().closeForcibly();
      return;
    }
    child.closeFuture().addListener(closed -> leave(address));
    PushLoop loop = loops.get(Math.floorMod(turn++, loops.size()));
    child.pipeline().addLast(new Welcome(loop, tooMany > 0));
    loop.eventLoop().register(child);
  }

  private void leave(InetAddress address) {
    open.decrementAndGet();
    openByAddress.computeIfPresent(address, (same, n) -> n == 1 ? null : n - 1);
  }

  private static void setUp(Channel child) {
    child.config().setOption(ChannelOption.TCP_NODELAY, true);
    child.config().setOption(ChannelOption.SO_SNDBUF, Limits.KERNEL_BYTES);
    child.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    child.config().setRecvByteBufAllocator(READING);
    child.config().setWriteBufferWaterMark(QUEUE);
  }

  /** Takes the sockets that came in. */
  private final class Deal extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object child) {
      deal((Channel) child);
    }

    /** Out of file handles: to try again at once would be to try without end. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable trouble) {
      figures.count("push.refused", "trouble");
      ctx.channel().config().setAutoRead(false);
      Runnable goOn = () -> ctx.channel().config().setAutoRead(true);
      ctx.executor().schedule(goOn, PAUSE_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** On the loop's thread, before the first byte is read. */
  private final class Welcome extends ChannelInitializer<Channel> {
    private final PushLoop loop;
    private final boolean isOneTooMany;

    private Welcome(PushLoop loop, boolean isOneTooMany) {
      this.loop = loop;
      this.isOneTooMany = isOneTooMany;
    }

    @Override
    protected void initChannel(Channel child) {
      setUp(child);
      var socket = new PushSocket(loop, child);
      child.closeFuture().addListener(closed -> socket.ended());
      var handshake = new Handshake(socket, loop.reception().limits(), isOneTooMany);
      child.pipeline().addLast(Handshake.decoder(), handshake);
    }
  }
}
