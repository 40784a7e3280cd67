package io.livehall;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A tab of a headless Chromium, driven through its DevTools socket. {@code CHROMIUM} in the
 * environment names the program where it has another name than usual; without one there is no test
 * of pages.
 */
final class Browser implements AutoCloseable, WebSocket.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String TOLD = "DevTools listening on ws://";
  private static final List<String> USUAL =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String host;
  private final @Nullable Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> answerById = new ConcurrentHashMap<>();
  private final StringBuilder text = new StringBuilder();

  /**
   * @param process the browser, where it shall end with this tab
   */
  private Browser(String host, String url, @Nullable Process process) {
    this.host = host;
    this.process = process;
    socket = HTTP.newWebSocketBuilder().buildAsync(URI.create(url), this).join();
  }

  static Browser open(Path profile) {
    var words = new ArrayList<>(List.of(program(), "--headless", "--no-sandbox", "--disable-gpu"));
    words.addAll(List.of("--disable-quic", "--no-first-run", "--disable-background-networking"));
    words.addAll(List.of("--disable-component-update", "--disable-sync", "--lang=en"));
    words.addAll(List.of("--remote-debugging-port=0", "--user-data-dir=" + profile));
    try {
      var program = new ProcessBuilder(words).redirectErrorStream(true);
      // It is ended without a word, so what it would tidy up shall lie where the test's files do.
      program.environment().put("TMPDIR", Files.createDirectories(profile).toString());
      Process process = program.start();
      String host = toldAddress(process);
      JsonObject page =
          new JsonArray(ask("GET", host, "/json/list"))
              .stream()
                  .map(JsonObject.class::cast)
                  .filter(target -> target.getString("type").equals("page"))
                  .findFirst()
                  .orElseThrow();
      return new Browser(host, page.getString("webSocketDebuggerUrl"), process).ready();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another tab of the same visitor. */
  Browser tab() {
    var page = new JsonObject(ask("PUT", host, "/json/new?about:blank"));
    return new Browser(host, page.getString("webSocketDebuggerUrl"), null).ready();
  }

  /** A tab of somebody else: it shares nothing with the others. */
  Browser stranger() {
    var whole = new JsonObject(ask("GET", host, "/json/version"));
    var all = new Browser(host, whole.getString("webSocketDebuggerUrl"), null);
    String context =
        all.call("Target.createBrowserContext", new JsonObject()).getString("browserContextId");
    var wish = new JsonObject().put("url", "about:blank").put("browserContextId", context);
    String id = all.call("Target.createTarget", wish).getString("targetId");
    all.socket.abort();
    return new Browser(host, "ws://" + host + "/devtools/page/" + id, null).ready();
  }

  void go(String url) {
    call("Page.navigate", new JsonObject().put("url", url));
  }

  /** A screen of that size, in CSS pixels, in light or dark. */
  void look(int width, int height, boolean isDark) {
    var size = new JsonObject().put("width", width).put("height", height);
    size.put("deviceScaleFactor", 1).put("mobile", width < 600);
    call("Emulation.setDeviceMetricsOverride", size);
    var scheme = new JsonObject().put("name", "prefers-color-scheme");
    scheme.put("value", isDark ? "dark" : "light");
    call(
        "Emulation.setEmulatedMedia",
        new JsonObject().put("features", new JsonArray().add(scheme)));
  }

  /** The value of an expression of the page. */
  Object value(String expression) {
    var wish = new JsonObject().put("expression", expression).put("returnByValue", true);
    return call("Runtime.evaluate", wish.put("awaitPromise", true))
        .getJsonObject("result")
        .getValue("value");
  }

  void await(String condition) {
    Awaitility.await(condition)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(30))
        .until(() -> Boolean.TRUE.equals(value("Boolean(" + condition + ")")));
  }

  void save(Path picture) {
    String png = call("Page.captureScreenshot", new JsonObject()).getString("data");
    try {
      Files.write(picture, Base64.getDecoder().decode(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
    text.append(part);
    if (isLast) {
      var message = new JsonObject(text.toString());
      text.setLength(0);
      Integer id = message.getInteger("id");
      if (id != null) {
        answerById.remove(id).complete(message);
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    if (process == null) {
      call("Page.close", new JsonObject());
      socket.abort();
      return;
    }
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonObject call(String method, JsonObject parameters) {
    int id = ids.incrementAndGet();
    var answer = new CompletableFuture<JsonObject>();
    answerById.put(id, answer);
    var message = new JsonObject().put("id", id).put("method", method).put("params", parameters);
    socket.sendText(message.encode(), true);
    JsonObject said = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (said.containsKey("error")) {
      throw new AssertionError(method + ": " + said);
    }
    return said.getJsonObject("result");
  }

  private Browser ready() {
    call("Page.enable", new JsonObject());
    call("Runtime.enable", new JsonObject());
    return this;
  }

  private static String ask(String method, String host, String path) {
    var request = HttpRequest.newBuilder(URI.create("http://" + host + path));
    try {
      return HTTP.send(request.method(method, noBody()).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String toldAddress(Process process) throws IOException {
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(TOLD)) {
        drain(output);
        return line.substring(TOLD.length(), line.indexOf('/', TOLD.length()));
      }
    }
    throw new AssertionError("Chromium did not start");
  }

  /** What it says later is of no interest, but must not fill the pipe. */
  private static void drain(BufferedReader output) {
    var drain = new Thread(() -> output.lines().forEach(line -> {}), "chromium-output");
    drain.setDaemon(true);
    drain.start();
  }

  private static String program() {
    String named = System.getenv("CHROMIUM");
    return named != null
        ? named
        : USUAL.stream()
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no Chromium is installed (Debian: chromium)"));
  }
}
