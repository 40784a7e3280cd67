package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list on the page at / in a real browser, on a real server. */
@Tag("browser")
final class HallPageTest {
  @TempDir static Path home;

  private static BrowsedServer house;
  private static Browser browser;

  @BeforeAll
  static void start() {
    house = new BrowsedServer(home);
    browser = house.browser;
  }

  @AfterAll
  static void stop() {
    house.close();
  }

  @BeforeEach
  void openPage() {
    house.cable.mend();
    browser.look(1280, 900, false);
    go("");
  }

  @AfterEach
  void keepPicture() {
    house.picture(Long.toString(System.nanoTime()));
  }

  @Test
  void roomAppearsAndLeavesByItself() {
    App.Own room = house.openUp("appears");
    browser.await(card(room));

    house.app().close(room);
    browser.await("!" + card(room));
  }

  @Test
  void changedTitleIsShown() {
    App.Own room = house.openUp("changes");
    browser.await(card(room));

    house.app().edit(room, new JsonObject().put("title", "另一个名字"));
    browser.await("document.getElementById('grid').textContent.includes('另一个名字')");
    house.app().close(room);
  }

  @Test
  void countersRun() {
    App.Own room = house.openUp("counts");
    browser.await(card(room));

    house.server().tell(room.id(), 1_234, 567);
    browser.await(card(room) + ".closest('li').textContent.includes('1.2K')");
    house.app().close(room);
  }

  @Test
  void hotRoomsMoveToTheTopWhileOneLooks() {
    App.Own first = house.openUp("warm", "warm");
    App.Own second = house.openUp("warm", "warm");
    App.Own third = house.openUp("warm", "warm");
    go("?tag=warm");
    browser.await(orderIs(third, second, first));
    house.like(first, "fan", 5);
    house.like(second, "fan", 1);

    browser.value("document.querySelector('[data-sort=hot]').click()");
    browser.await(orderIs(first, second, third));
    browser.await(card(first) + ".closest('li').textContent.includes('5 likes')");
    house.like(third, "fan", 20);
    browser.await(orderIs(third, first, second));

    browser.value("document.querySelector('[data-sort=newest]').click()");
    browser.await(orderIs(third, second, first));
  }

  @Test
  void listIsRightAgainAfterTheNetworkWasCut() {
    App.Own gone = house.openUp("gone");
    browser.await(card(gone));

    house.cable.cut();
    browser.await("document.getElementById('link').dataset.state !== 'live'");
    house.app().close(gone);
    App.Own came = house.openUp("came");
    house.cable.mend();
    browser.await(card(came));
    browser.await("!" + card(gone));
    house.app().close(came);
  }

  @Test
  void listIsRightAgainAfterTheServerWasAway() {
    App.Own gone = house.openUp("before");
    browser.await(card(gone));

    house.stop();
    browser.await("document.getElementById('link').dataset.state !== 'live'");
    house.start();
    house.app().close(gone);
    App.Own came = house.openUp("after");
    browser.await(card(came));
    browser.await("!" + card(gone));
    house.app().close(came);
  }

  @Test
  void whoOnlyLooksAtTheListIsNoGuest() {
    App.Own room = house.openUp("looked");
    browser.await(card(room));

    assertThat(browser.value("localStorage.length")).isEqualTo(0);
    assertThat(house.server().number("select count(*) from account")).isZero();
  }

  @Test
  void twentyFiveRoomsFitPhoneAndDesk() {
    for (int i = 0; i < 25; i++) {
      App.Own room = house.openUp("full", "music");
      house.enter(room, "guest" + i, "Ada");
      house.like(room, "guest" + i, 1 + i % 20);
    }
    browser.await("!document.getElementById('more').hidden");
    browser.value("document.getElementById('more').click()");
    browser.await("document.querySelectorAll('#grid .watching:not([hidden])').length >= 25");

    house.pictures("list");
  }

  private static void go(String query) {
    browser.go(house.page() + query);
    browser.await("document.getElementById('link')?.dataset.state === 'live'");
  }

  private static String card(App.Own room) {
    return "document.querySelector('#grid [data-room=\"" + room.id() + "\"]')";
  }

  /** That these are the rooms, from the first to the last; one that fades has gone. */
  private static String orderIs(App.Own first, App.Own second, App.Own third) {
    String shown = "Array.from(document.querySelectorAll('#grid > li:not([inert]) .open'))";
    String ids = String.join(",", first.id(), second.id(), third.id());
    return shown + ".map(card => card.dataset.room).join() === '" + ids + "'";
  }
}
