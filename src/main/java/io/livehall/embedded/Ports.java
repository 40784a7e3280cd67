package io.livehall.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports on loopback. They lie below the range from which the kernel takes ports for outgoing
 * connections: a client that tries to reach a store which is just away could otherwise be given the
 * store's own port, and hold it.
 */
final class Ports {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;

  private Ports() {}

  static int free() throws IOException {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket probe = new ServerSocket(port, 1, loopback())) {
        return probe.getLocalPort();
      } catch (IOException e) {
        // Taken: try another.
      }
    }
    throw new IOException("no free port between " + FIRST + " and " + END + " on loopback");
  }

  /** Where the stores listen; the JDK's own notion of loopback may be the one of IPv6. */
  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
  }
}
