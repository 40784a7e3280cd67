package io.livehall.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One store as a child process that is kept alive: when it dies, it is started again on the same
 * port and data. One thread makes each child and waits for its end, for as long as this object
 * lives.
 */
public final class StoreProcess {
  private static final Logger LOG = LoggerFactory.getLogger(StoreProcess.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** A store that ran so long is well: the next trouble is a new one. */
  private static final Duration WELL_AFTER = Duration.ofSeconds(10);

  private static final int ATTEMPTS = 3;

  private final Store store;
  private final Privileges privileges;

  // All below is guarded by this object's monitor.
  private boolean wanted;
  private boolean closed;
  private @Nullable Child child;
  private CompletableFuture<Void> ready = new CompletableFuture<>();
  private int failures;
  private long launchAfter;
  private Duration pause = FIRST_PAUSE;

  StoreProcess(Store store, Privileges privileges) {
    this.store = store;
    this.privileges = privileges;
    Thread owner = new Thread(this::keepAlive, "embedded-" + store.name());
    owner.setDaemon(true);
    owner.start();
  }

  /** Starts the store, and returns when it can be used. */
  public void start() throws IOException {
    begin();
    awaitReady();
  }

  /** Stops the store in an orderly way; it stays stopped until it is started again. */
  public void stop() throws IOException {
    Child running = unwant();
    if (running != null) running.end(store.stopSignal(), store.stopWithin());
    awaitGone();
  }

  /** Kills the store as an accident would; it comes back by itself. */
  public void kill() throws IOException {
    Child running;
    synchronized (this) {
      running = child;
    }
    if (running != null) running.kill();
  }

  /** The address for clients, with the password. */
  String uri() {
    return store.uri();
  }

  synchronized void begin() {
    if (closed) throw new IllegalStateException(store.name() + " is closed");
    if (wanted) return;
    wanted = true;
    ready = new CompletableFuture<>();
    failures = 0;
    pause = FIRST_PAUSE;
    launchAfter = System.nanoTime();
    notifyAll();
  }

  void awaitReady() throws IOException {
    CompletableFuture<Void> awaited;
    synchronized (this) {
      awaited = ready;
    }
    try {
      awaited.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      throw Command.interrupted();
    }
  }

  void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    stop();
  }

  private synchronized @Nullable Child unwant() {
    wanted = false;
    notifyAll();
    return child;
  }

  private synchronized void awaitGone() throws IOException {
    try {
      while (child != null) wait();
    } catch (InterruptedException e) {
      throw Command.interrupted();
    }
  }

  private void keepAlive() {
    try {
      while (awaitTurn()) live();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until a launch is due; false when there will be none any more. */
  private synchronized boolean awaitTurn() throws InterruptedException {
    while (!closed) {
      long left = launchAfter - System.nanoTime();
      if (wanted && left <= 0) return true;
      wait(wanted ? left / 1_000_000 + 1 : 0);
    }
    return false;
  }

  /** One life of the store, from its launch to its end. */
  private void live() throws InterruptedException {
    String end;
    long readyAt = 0;
    try {
      Child born = launch();
      if (born == null) return;
      awaitReadiness(born);
      readyAt = System.nanoTime();
      succeeded();
      end = "exit code " + born.waitFor();
    } catch (IOException | RuntimeException e) {
      end = String.valueOf(e.getMessage());
    }
    ended(end, readyAt != 0 && System.nanoTime() - readyAt > WELL_AFTER.toNanos());
  }

  private @Nullable Child launch() throws IOException {
    List<String> words = privileges.lasting(store.stopSignal(), store.prepare());
    synchronized (this) {
      child = wanted ? Child.spawn(words, store.log(), !privileges.deathSignal()) : null;
      return child;
    }
  }

  private void awaitReadiness(Child born) throws IOException {
    long end = System.nanoTime() + store.readyWithin().toNanos();
    while (!store.isReady(born)) {
      if (born.endedWithin(Duration.ofMillis(10)))
        throw new IOException("it ended at once: " + lastWords());
      if (System.nanoTime() > end) {
        born.kill();
        throw new IOException("not ready within " + store.readyWithin().toSeconds() + " s");
      }
    }
  }

  /** The line of the log that most likely names the cause. */
  private String lastWords() throws IOException {
    List<String> lines;
    try (Stream<String> all = Files.lines(store.log(), StandardCharsets.ISO_8859_1)) {
      lines = all.filter(line -> !line.isBlank()).toList();
    }
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).matches(".*(FATAL|PANIC|[Ff]ailed|[Ee]rror|denied).*"))
        return lines.get(i).trim();
    }
    return lines.isEmpty() ? "no word in its log" : lines.get(lines.size() - 1).trim();
  }

  private synchronized void succeeded() {
    store.settle();
    ready.complete(null);
  }

  private synchronized void ended(String end, boolean wasWell) {
    child = null;
    notifyAll();
    Path log = store.log();
    if (!ready.isDone() && (!wanted || ++failures >= ATTEMPTS)) {
      String message = store.name() + " did not start: " + end + " (log: " + log + ")";
      wanted = false;
      ready.completeExceptionally(new IOException(message));
    } else if (wanted) {
      if (wasWell) pause = FIRST_PAUSE;
      LOG.warn(
          "store={} ended=\"{}\" restartInMs={} log={}", store.name(), end, pause.toMillis(), log);
      launchAfter = System.nanoTime() + pause.toNanos();
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }
}
