package io.livehall.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The stores in a process to be killed. The third word says how they learn of its end: {@code
 * signal} or {@code guard}.
 */
final class CrashableMain {
  private CrashableMain() {}

  public static void main(String[] arguments) throws Exception {
    Home home = Home.open(Path.of(arguments[0]));
    Binaries binaries = new Binaries(Path.of(arguments[1]));
    Privileges found = Privileges.detect(home.directory(), binaries.directory());
    boolean signal = arguments[2].equals("signal");
    Privileges wanted = new Privileges(found.identity(), found.owner(), signal);
    EmbeddedStores stores = EmbeddedStores.start(home, binaries, wanted, Wanted.BOTH);
    StoresMain.writeAddresses(home.directory(), stores);
    System.out.println("READY");
    new CountDownLatch(1).await();
  }
}
