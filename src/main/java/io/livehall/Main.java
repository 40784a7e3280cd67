package io.livehall;

import io.livehall.config.ConfigException;
import io.livehall.config.Launch;
import io.livehall.config.LiveConfig;
import org.slf4j.LoggerFactory;

/** The command: reads its arguments, starts the server, and stops it with the process. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    try {
      Launch launch = Launch.parse(args);
      if (launch.help()) {
        System.out.print(Launch.USAGE);
        return;
      }
      LiveConfig config = LiveConfig.load(launch.file(), System.getenv());
      if (launch.checkConfig()) {
        System.out.println(config.masked());
        return;
      }
      run(config);
    } catch (ConfigException wrong) {
      System.err.println("livehall: " + wrong.getMessage());
      System.exit(2);
    } catch (StartException trouble) {
      System.err.println("livehall: " + trouble.getMessage());
      System.exit(1);
    }
  }

  private static void run(LiveConfig config) {
    LiveServer server = new LiveServer(config);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
    try {
      server.start();
    } catch (StartException trouble) {
      throw trouble;
    } catch (Exception trouble) {
      LoggerFactory.getLogger(Main.class).error("the start failed", trouble);
      throw new StartException("the start failed: " + trouble.getMessage(), trouble);
    }
    System.out.println(server.ready());
  }
}
