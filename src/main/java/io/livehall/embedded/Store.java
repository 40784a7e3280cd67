package io.livehall.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What one kind of store is: how it is made ready, launched, asked and ended. {@link StoreProcess}
 * runs it.
 */
interface Store {
  String name();

  Path log();

  /** Ends the store in an orderly way without waiting for its clients. */
  Signal stopSignal();

  Duration readyWithin();

  Duration stopWithin();

  /**
   * Puts the store's directory in order and gives the command line. Called before each launch, with
   * no child alive.
   */
  List<String> prepare() throws IOException;

  boolean isReady(Child child) throws IOException;

  /** The store was ready: from now on it keeps its port, since clients know it. */
  void settle();

  String uri();
}
