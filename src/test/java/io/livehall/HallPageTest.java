package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page at / in a real browser, on a real server, through a cable that can be cut. */
@Tag("browser")
final class HallPageTest {
  @TempDir static Path home;

  private static final String DATABASE = TestStores.newDatabase();
  private static TestPorts ports;
  private static Cable cable;
  private static TestServer server;
  private static Browser browser;
  private static int hosts;

  private App app;

  @BeforeAll
  static void start() {
    ports = TestPorts.take();
    cable = new Cable(ports.push());
    server = startServer();
    browser = Browser.open(home.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    browser.close();
    server.close();
    cable.close();
  }

  @BeforeEach
  void openPage() {
    cable.mend();
    app = server.app();
    browser.look(1280, 900, false);
    browser.go(page());
    awaitLive();
  }

  @AfterEach
  void keepPicture() {
    String folder = System.getProperty("pictures");
    if (folder != null) {
      browser.save(Path.of(folder, System.nanoTime() + ".png"));
    }
  }

  @Test
  void roomAppearsAndLeavesByItself() {
    App.Own room = openUp("appears");
    browser.await(card(room));

    app.close(room);
    browser.await("!" + card(room));
  }

  @Test
  void changedTitleIsShown() {
    App.Own room = openUp("changes");
    browser.await(card(room));

    app.edit(room, new JsonObject().put("title", "另一个名字"));
    browser.await("document.getElementById('grid').textContent.includes('另一个名字')");
    app.close(room);
  }

  @Test
  void countersRun() {
    App.Own room = openUp("counts");
    browser.await(card(room));

    server.tell(room.id(), 1_234, 567);
    browser.await(card(room) + ".closest('li').textContent.includes('1.2K')");
    app.close(room);
  }

  @Test
  void roomsPageTellsThatItClosedAndWhy() {
    App.Own room = openUp("ends");
    browser.go(page() + "?room=" + room.id());
    browser.await("document.getElementById('stage').dataset.state === 'live'");

    app.down(room);
    browser.await("document.getElementById('stage').dataset.state === 'interrupted'");
    app.up(room);
    browser.await("document.getElementById('stage').dataset.state === 'live'");
    app.close(room);
    browser.await("document.getElementById('stage').dataset.state === 'closed'");

    assertThat(browser.value("document.querySelector('[data-part=summary]').hidden"))
        .isEqualTo(false);
    assertThat((String) browser.value("document.querySelector('[data-part=because]').textContent"))
        .isNotBlank();
  }

  @Test
  void roomThatClosedMeanwhileIsToldWhenTheNetworkIsBack() {
    App.Own room = openUp("cut");
    browser.go(page() + "?room=" + room.id());
    browser.await("document.getElementById('stage').dataset.state === 'live'");

    cable.cut();
    browser.await("document.getElementById('link').dataset.state !== 'live'");
    app.close(room);
    cable.mend();
    browser.await("document.getElementById('stage').dataset.state === 'closed'");
  }

  @Test
  void listIsRightAgainAfterTheNetworkWasCut() {
    App.Own gone = openUp("gone");
    browser.await(card(gone));

    cable.cut();
    browser.await("document.getElementById('link').dataset.state !== 'live'");
    app.close(gone);
    App.Own came = openUp("came");
    cable.mend();
    browser.await(card(came));
    browser.await("!" + card(gone));
    app.close(came);
  }

  @Test
  void listIsRightAgainAfterTheServerWasAway() {
    App.Own gone = openUp("before");
    browser.await(card(gone));

    server.close();
    browser.await("document.getElementById('link').dataset.state !== 'live'");
    server = startServer();
    app = server.app();
    app.close(gone);
    App.Own came = openUp("after");
    browser.await(card(came));
    browser.await("!" + card(gone));
    app.close(came);
  }

  /** Also the pictures of the page, for people, where a folder for them is named. */
  @Test
  void twentyFiveRoomsFitPhoneAndDesk() throws Exception {
    for (int i = 0; i < 25; i++) {
      openUp("full");
    }
    browser.await("!document.getElementById('more').hidden");
    browser.value("document.getElementById('more').click()");
    for (int width : new int[] {390, 1280}) {
      for (boolean isDark : new boolean[] {false, true}) {
        browser.look(width, 900, isDark);
        browser.await("document.querySelectorAll('#grid > li').length >= 25");
        // A card that glides may start from where it stood on the wider page.
        browser.await("document.getAnimations().length === 0");
        assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth"))
            .as("nothing hangs over the side at %d", width)
            .isEqualTo(true);
        String folder = System.getProperty("pictures");
        if (folder != null) {
          Files.createDirectories(Path.of(folder));
          browser.save(Path.of(folder, width + (isDark ? "-dark" : "-light") + ".png"));
        }
      }
    }
  }

  private static TestServer startServer() {
    String url = "ws://127.0.0.1:" + cable.port() + "/v1/live";
    return TestServer.start(ports, "PUSH_PUBLICURL", url, "POSTGRES_URI", DATABASE);
  }

  private App.Own openUp(String name) {
    App.Own room = app.open(name + hosts++);
    app.up(room);
    return room;
  }

  private void awaitLive() {
    browser.await("document.getElementById('link')?.dataset.state === 'live'");
  }

  private static String page() {
    return "http://127.0.0.1:" + ports.api() + "/";
  }

  private static String card(App.Own room) {
    return "document.querySelector('#grid [data-room=\"" + room.id() + "\"]')";
  }
}
