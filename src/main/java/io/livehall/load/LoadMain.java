package io.livehall.load;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The command: reads its arguments, runs, prints. Ends with 0 if all was right, 1 if not, 2 if it
 * could not run. When the process is to end, it has 40 s to close what it opened and to print.
 */
public final class LoadMain {
  private static final int END_SECONDS_MAX = 40;
  private static final int NOT_RIGHT = 1;
  private static final int COULD_NOT_RUN = 2;

  private LoadMain() {}

  public static void main(String[] words) {
    if (List.of(words).contains("--help")) {
      System.out.print(LoadOptions.USAGE);
      return;
    }
    var stop = new Stop();
    var over = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, over), "stop"));
    int code = COULD_NOT_RUN;
    try {
      String key = System.getenv("LIVEHALL_TOKENS_KEY");
      Result result = new LoadRun(Arguments.parse(List.of(words), key), System.out, stop).run();
      Report.lines(result).forEach(System.out::println);
      code = result.isGood() ? 0 : NOT_RIGHT;
    } catch (LoadException trouble) {
      System.err.println("load: " + trouble.getMessage());
    } catch (RuntimeException bug) {
      System.err.println("load: a mistake in this tool: " + bug);
      bug.printStackTrace();
    } finally {
      over.countDown();
    }
    System.exit(code);
  }

  private static void end(Stop stop, CountDownLatch over) {
    stop.now();
    try {
      if (!over.await(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        System.err.println("load: could not end in time; rooms may be left open");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
