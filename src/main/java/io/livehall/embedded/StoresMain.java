package io.livehall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The stores alone, for several nodes on one machine: {@code StoresMain DATA_DIR}, until TERM or
 * INT.
 */
public final class StoresMain {
  private static final String ADDRESSES = "stores.env";

  private StoresMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 1) {
      System.err.println("usage: StoresMain DATA_DIR");
      System.exit(2);
    }
    Path home = Path.of(arguments[0]).toAbsolutePath().normalize();
    try {
      run(home, EmbeddedStores.start(home, Wanted.BOTH));
    } catch (IOException e) {
      System.err.println("the stores did not start: " + e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  private static void run(Path home, EmbeddedStores stores) throws IOException {
    Path addresses = home.resolve(ADDRESSES);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(addresses, stores), "stop-stores"));
    writeAddresses(home, stores);
    System.out.println("READY stores " + addresses);
  }

  static void writeAddresses(Path home, EmbeddedStores stores) throws IOException {
    String postgres = "LIVEHALL_POSTGRES_URI=" + stores.postgresUri() + "\n";
    String redis = "LIVEHALL_REDIS_URI=" + stores.redisUri() + "\n";
    Home.writeSecret(home.resolve(ADDRESSES), postgres + redis);
  }

  private static void stop(Path addresses, EmbeddedStores stores) {
    try {
      Files.deleteIfExists(addresses);
      stores.close();
    } catch (IOException e) {
      System.err.println("the stores did not stop cleanly: " + e.getMessage());
    }
  }
}
