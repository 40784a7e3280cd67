package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.embedded.EmbeddedStores;
import io.livehall.embedded.Wanted;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a room in a real browser, on a real server: who looks at it is there, and likes. */
@Tag("browser")
final class RoomPageTest {
  private static final String LIKE = "document.querySelector('[data-part=likeButton]')";
  private static final int LIKES_AT_ONCE = 15;
  private static final int GUESTS = 30;
  private static final String[] NAMES = {"Ada", "小美", "Jonas Weber", "سلمى", "Quiet Heron"};

  @TempDir static Path home;
  @TempDir static Path data;

  private static EmbeddedStores stores;
  private static BrowsedServer house;
  private static Browser browser;

  private App.Own room;

  @BeforeAll
  static void start() throws IOException {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    stores = EmbeddedStores.start(data, Path.of("target", "store-programs"), Wanted.REDIS);
    String limit = Integer.toString(LIKES_AT_ONCE);
    house = new BrowsedServer(home, "REDIS_URI", stores.redisUri(), "COUNTERS_LIKESATONCE", limit);
    browser = house.browser;
  }

  @AfterAll
  static void stop() throws IOException {
    house.close();
    stores.close();
  }

  @BeforeEach
  void openPage() {
    house.cable.mend();
    browser.look(1280, 900, false);
    room = house.openUp("room");
    browser.go(house.page(room));
    browser.await(stateIs("live"));
    browser.await(shows("viewers", "1"));
  }

  @AfterEach
  void keepPicture() {
    house.picture(Long.toString(System.nanoTime()));
  }

  @Test
  void aTapRaisesTheCounterAndAHeartRises() {
    browser.value(LIKE + ".click()");

    assertThat(browser.value("document.querySelectorAll('[data-part=hearts] .heart').length"))
        .isEqualTo(1);
    browser.await(shows("likes", "1"));
    browser.await("document.querySelector('[data-part=hearts] .heart') === null");
    assertThat(house.app().find(room).getInteger("likes")).isEqualTo(1);
  }

  @Test
  void whatOthersLikeIsSeenAsHearts() {
    house.like(room, "fan", 12);

    browser.await("document.querySelector('[data-part=others] .heart')");
    browser.await(shows("likes", "12"));
    house.picture("hearts");
  }

  @Test
  void whoLikesTooMuchIsToldToRestAndNothingIsMadeUp() {
    browser.value("for (let i = 0; i < 40; i++) " + LIKE + ".click()");

    browser.await(LIKE + ".textContent.includes('Resting')");
    browser.await(LIKE + ".textContent === 'Like'");
    long likes = house.app().find(room).getLong("likes");
    assertThat(likes).isBetween((long) LIKES_AT_ONCE, 39L);
    browser.await(shows("likes", Long.toString(likes)));
  }

  @Test
  void whoComesAndGoesIsSeenAndCounted() {
    try (Browser other = browser.stranger()) {
      other.go(house.page(room));

      browser.await(shows("viewers", "2"));
      browser.await("document.querySelector('.comings').textContent.endsWith('came in')");
      browser.await("document.querySelectorAll('.faces li').length === 2");
      other.await(shows("viewers", "2"));
      other.await("document.querySelectorAll('.faces li').length === 2");
    }
    browser.await(shows("viewers", "1"));
    browser.await("document.querySelector('.comings').textContent.endsWith('left')");
    browser.await("document.querySelectorAll('.faces li').length === 1");
  }

  @Test
  void twoTabsOfOneVisitorAreOneViewer() {
    try (Browser tab = browser.tab()) {
      tab.go(house.page(room));
      tab.await("document.querySelector('.faces .me')");
      tab.value(LIKE + ".click()");
      browser.await(shows("likes", "1"));
    }

    JsonObject summary = house.app().close(room).json().getJsonObject("summary");
    assertThat(summary.getInteger("visits")).isEqualTo(1);
    assertThat(summary.getInteger("peakViewers")).isEqualTo(1);
  }

  @Test
  void theGuestIsTheSameAfterAReload() {
    Object before = guest(browser);

    browser.value("window.isOld = true; location.reload()");
    browser.await("!window.isOld && document.querySelector('.faces .me')");
    assertThat(before).isNotNull();
    assertThat(guest(browser)).isEqualTo(before);
    browser.await(shows("viewers", "1"));
  }

  @Test
  void whoGoesBackToTheListIsNoViewerAnyMore() {
    browser.value("document.getElementById('back').click()");

    String card = "document.querySelector('#grid [data-room=\"" + room.id() + "\"]')";
    browser.await(card + "?.closest('li').querySelector('.watching').hidden");
  }

  @Test
  void withoutRedisThePageSaysThatLikesAreNotCounted() throws IOException {
    stores.redis().stop();
    try {
      browser.value(LIKE + ".click()");
      browser.await(LIKE + ".textContent.includes('not counted')");
      browser.await(shows("likes", "0"));
    } finally {
      stores.redis().start();
    }
    browser.await(LIKE + ".textContent === 'Like'");
    browser.await("(" + LIKE + ".click(), " + shows("likes", "1") + ")");
  }

  @Test
  void whereThereAreNoAccountsOneOnlyLooks() {
    try (var house = new BrowsedServer(data.resolve("plain"), "ACCOUNTS_ENABLED", "false")) {
      App.Own room = house.openUp("plain");
      house.browser.go(house.page(room));

      house.browser.await(stateIs("live"));
      house.browser.await(LIKE + ".textContent.startsWith('Sign in with the app')");
      house.browser.await(shows("viewers", "0"));
    }
  }

  @Test
  void itTellsThatTheRoomClosedAndWhy() {
    browser.value(LIKE + ".click()");
    browser.await(shows("likes", "1"));
    house.app().down(room);
    browser.await(stateIs("interrupted"));
    house.app().up(room);
    browser.await(stateIs("live"));
    house.app().close(room);
    browser.await(stateIs("closed"));

    assertThat(browser.value("document.querySelector('[data-part=summary]').hidden"))
        .isEqualTo(false);
    assertThat((String) browser.value("document.querySelector('[data-part=because]').textContent"))
        .isNotBlank();
    browser.await(shows("likesInAll", "1"));
    browser.await(shows("peak", "1"));
    browser.await(shows("visits", "1"));
  }

  @Test
  void roomThatClosedMeanwhileIsToldWhenTheNetworkIsBack() {
    house.cable.cut();
    browser.await("document.getElementById('link').dataset.state !== 'live'");
    house.app().close(room);
    house.cable.mend();
    browser.await(stateIs("closed"));
  }

  @Test
  void whoWasCutOffIsAViewerAgain() {
    house.cable.cut();
    await().until(() -> viewers() == 0);
    house.cable.mend();

    await().until(() -> viewers() == 1);
    browser.await("document.getElementById('link').dataset.state === 'live'");
    browser.value(LIKE + ".click()");
    browser.await(shows("likes", "1"));
  }

  @Test
  void itFitsPhoneAndDesk() {
    for (int i = 0; i < GUESTS; i++) {
      house.enter(room, "guest" + i, NAMES[i % NAMES.length]);
      house.like(room, "guest" + i, 15);
    }
    browser.await("document.querySelectorAll('.faces li').length === 12");
    browser.await(shows("more", "+" + (GUESTS + 1 - 12) + " more"));
    browser.await(shows("likes", Integer.toString(15 * GUESTS)));

    house.pictures("room");
  }

  private int viewers() {
    return house.app().find(room).getInteger("viewers");
  }

  private static String stateIs(String state) {
    return "document.getElementById('stage')?.dataset.state === '" + state + "'";
  }

  private static String shows(String part, String text) {
    return "document.querySelector('[data-part=" + part + "]').textContent === '" + text + "'";
  }

  private static Object guest(Browser tab) {
    return tab.value("JSON.parse(localStorage.getItem('livehall.guest'))?.userId");
  }
}
