package io.livehall;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server whose pages a browser looks at, through a cable that can be cut. */
final class BrowsedServer implements AutoCloseable {
  private static final String PICTURES = System.getProperty("pictures");

  final Browser browser;
  final Cable cable;
  private final TestPorts ports = TestPorts.take();
  private final List<String> settings = new ArrayList<>();
  private TestServer server;
  private int hosts;

  /**
   * @param home for what the browser keeps
   */
  BrowsedServer(Path home, String... settings) {
    cable = new Cable(ports.push());
    String url = "ws://127.0.0.1:" + cable.port() + "/v1/live";
    this.settings.addAll(List.of("PUSH_PUBLICURL", url, "POSTGRES_URI", TestStores.newDatabase()));
    this.settings.addAll(List.of(settings));
    start();
    browser = Browser.open(home.resolve("profile"));
  }

  void start() {
    server = TestServer.start(ports, settings.toArray(new String[0]));
  }

  void stop() {
    server.close();
  }

  TestServer server() {
    return server;
  }

  App app() {
    return server.app();
  }

  /** A room that is on air. */
  App.Own openUp(String name, String... tags) {
    var wish = new JsonObject().put("title", "夜空下的吉他 Guitar under the stars");
    App.Own room = app().open(name + hosts++, wish.put("tags", JsonArray.of((Object[]) tags)));
    app().up(room);
    await().pollInterval(Duration.ofMillis(20)).until(() -> app().state(room).equals("live"));
    return room;
  }

  /** Likes of one who looks at no page. */
  void like(App.Own room, String user, int count) {
    String likes = new JsonObject().put("count", count).encode();
    App.good(app().post(room.path() + "/likes", App.token(user), likes));
  }

  /** A viewer who looks at no page. */
  void enter(App.Own room, String user, String name) {
    String path = room.path() + "/viewers/me";
    String seenAs = new JsonObject().put("name", name).encode();
    App.good(app().send(app().request("PUT", path, App.token(user), seenAs)));
  }

  String page() {
    return "http://127.0.0.1:" + ports.api() + "/";
  }

  String page(App.Own room) {
    return page() + "?room=" + room.id();
  }

  /** A picture of what the browser shows, for people, where a folder for them is named. */
  void picture(String name) {
    if (PICTURES != null) {
      browser.save(Path.of(PICTURES, name + ".png"));
    }
  }

  /** The same on a phone and a desk, in light and dark; and nothing hangs over the side. */
  void pictures(String name) {
    for (int width : new int[] {390, 1280}) {
      for (boolean isDark : new boolean[] {false, true}) {
        browser.look(width, 900, isDark);
        // What glides may start from where it stood on the wider page.
        browser.await("document.getAnimations().length === 0");
        browser.await("document.documentElement.scrollWidth <= innerWidth");
        picture(name + "-" + width + (isDark ? "-dark" : "-light"));
      }
    }
  }

  @Override
  public void close() {
    browser.close();
    server.close();
    cable.close();
  }
}
