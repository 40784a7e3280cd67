package io.livehall.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.spi.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The event loops of all viewers, and how a socket is opened on one of them. */
final class Wire implements AutoCloseable {
  private static final int CONNECT_MILLIS_MAX = 5000;
  private static final int STOP_SECONDS_MAX = 3;

  private final Transport transport;
  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoop> loops;
  private final SslContext tls;

  /** For {@code wss} it trusts whom the JDK trusts. */
  Wire(int loopCount) {
    this(loopCount, SslContextBuilder.forClient());
  }

  Wire(int loopCount, SslContextBuilder trust) {
    this.tls = built(trust);
    this.transport = transport();
    this.group = new MultiThreadIoEventLoopGroup(loopCount, transport.ioHandlerFactory());
    this.loops = IntStream.range(0, loopCount).<EventLoop>mapToObj(i -> group.next()).toList();
  }

  List<EventLoop> loops() {
    return loops;
  }

  /** Begins to connect; the user is told how it went. To be called on the loop. */
  Link open(EventLoop loop, URI address, Link.User user) {
    boolean isTls = address.getScheme().toLowerCase(Locale.ROOT).equals("wss");
    int port = address.getPort() > 0 ? address.getPort() : isTls ? 443 : 80;
    Link link = new Link(address, user);
    SslContext secured = isTls ? tls : null;
    new Bootstrap()
        .group(loop)
        .channelFactory(transport.channelFactory(false))
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
        .handler(pipeline(link, secured, address.getHost(), port))
        .connect(address.getHost(), port)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                // Not now: whoever opens it does not hold it yet, and this may be another thread.
                loop.execute(() -> link.failed(connected.cause()));
              }
            });
    return link;
  }

  /** Sockets that are still open are dropped. */
  @Override
  public void close() {
    group.shutdownGracefully(0, STOP_SECONDS_MAX, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Epoll where there is one; which one that is, Vert.x knows. */
  private static Transport transport() {
    var epoll = io.vertx.core.transport.Transport.EPOLL;
    boolean hasEpoll = epoll != null && epoll.available();
    return (hasEpoll ? epoll : io.vertx.core.transport.Transport.NIO).implementation();
  }

  private static ChannelHandler pipeline(
      Link link, @Nullable SslContext secured, String host, int port) {
    return new ChannelInitializer<SocketChannel>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        if (secured != null) {
          channel.pipeline().addLast(secured.newHandler(channel.alloc(), host, port));
        }
        channel.pipeline().addLast(link);
      }
    };
  }

  private static SslContext built(SslContextBuilder trust) {
    try {
      return trust.build();
    } catch (IOException e) {
      throw new IllegalStateException("no TLS here", e);
    }
  }
}
