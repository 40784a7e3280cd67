package io.livehall.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A program with its words and the place of its output. */
record Command(List<String> words, Redirect output) {
  private static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  static Command logged(List<String> words, Path log) {
    return new Command(words, Redirect.appendTo(log.toFile()));
  }

  static Command silent(List<String> words) {
    return new Command(words, Redirect.DISCARD);
  }

  Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectOutput(output);
    // Our environment may hold secrets, and names like PGDATA which would change what a store does.
    Map<String, String> environment = builder.environment();
    String path = Objects.requireNonNullElse(environment.get("PATH"), USUAL_PATH);
    environment.clear();
    environment.put("PATH", path);
    environment.put("LC_ALL", "C");
    return builder.start();
  }

  /** Runs to the end and gives the exit code. */
  int run(String input, Duration limit) throws IOException {
    Process process = start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading; its exit code says why.
    }
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) return process.exitValue();
      throw new IOException(words + " did not end within " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      process.destroyForcibly();
    }
  }

  static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while a store was starting or stopping");
  }
}
