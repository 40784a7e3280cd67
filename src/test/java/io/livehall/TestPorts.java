package io.livehall;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free ports on loopback, below those that the kernel gives to outgoing connections. They count up
 * from a place of this run's own, so that no two servers of it are given the same.
 */
record TestPorts(int api, int callback, int push, int ops, int cluster) {
  private static final int FIRST = 12_000;
  private static final int END = 20_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(END - FIRST));

  static TestPorts take() {
    return new TestPorts(free(), free(), free(), free(), free());
  }

  Map<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    environment.put("LIVEHALL_HTTP_PORT", Integer.toString(api));
    environment.put("LIVEHALL_CALLBACK_PORT", Integer.toString(callback));
    environment.put("LIVEHALL_PUSH_PORT", Integer.toString(push));
    environment.put("LIVEHALL_OPS_PORT", Integer.toString(ops));
    environment.put("LIVEHALL_HTTP_HOST", "127.0.0.1");
    environment.put("LIVEHALL_CALLBACK_HOST", "127.0.0.1");
    return environment;
  }

  private static int free() {
    for (int attempt = 0; attempt < END - FIRST; attempt++) {
      int port = FIRST + NEXT.getAndIncrement() % (END - FIRST);
      try (var probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return probe.getLocalPort();
      } catch (IOException taken) {
        // The next one, then.
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + END);
  }
}
