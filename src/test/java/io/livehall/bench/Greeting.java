package io.livehall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code Greeting PORT}: prints how the push port of this machine answers a hello. */
public final class Greeting implements Wire.Reader {
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  private Greeting() {}

  public static void main(String[] arguments) throws Exception {
    var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      var greeting = new Greeting();
      Wire.open(group.next(), Integer.parseInt(arguments[0]), 0, greeting);
      System.out.println(greeting.answer.get(10, TimeUnit.SECONDS));
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  @Override
  public void opened(Wire wire) {
    wire.say("{\"t\":\"hello\"}");
  }

  @Override
  public void read(Wire wire, ByteBuf text) {
    answer.complete(text.toString(UTF_8));
  }

  @Override
  public void closed(Wire wire) {
    answer.completeExceptionally(new IllegalStateException("the server closed the socket"));
  }
}
