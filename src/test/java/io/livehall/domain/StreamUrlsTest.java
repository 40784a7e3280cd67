package io.livehall.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.StreamUrls.Domains;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamUrlsTest {
  private static final String PUSH_KEY = "5d41402abc4b2a76b9719d911017c592";
  private static final String PLAY_KEY = "7d793037a0760186574b0282f2f435e7";
  private static final StreamName STREAM = new StreamName("8888_test_12345_test");
  private static final Instant NEW_YEAR = Instant.parse("2016-12-31T16:00:00Z");
  private static final Domains LEGACY = new Domains("8888", null, null, "live", "http");
  private static final Domains OWN =
      new Domains("8888", "push.example.com", "play.example.com", "show", "https");

  @ParameterizedTest
  @CsvSource({
    PUSH_KEY + ", 8888_test_12345_test, 5867D600, fe263b81b468347972ef6dc21bc555d5",
    PUSH_KEY + ", 8888_test_12345_test, 5867d600, 1a065f5746e3401e49a79d14fd86d855",
    PUSH_KEY + ", 8888_user001, 5867D600, 484c29c099f58b728799f6f5d101ca9d",
    PUSH_KEY + ", 8888_user001, 5867d600, 1c6cb683538502975d72320476d1c761",
    PLAY_KEY + ", 8888_test_12345_test, 5867D600, da2c1cba8ea8cdad4a2476184fae4d36",
    "txrtmp, 11212122, 579ACB15, 2133c689c452f0bf81b1a88261f1d9a6",
    "69e0daf7234b01f257a7adb9f807ae9f, 8888_123456, 57D54927, d11db8a63c4f20517144fceb533cb4a7"
  })
  void secretIsThatOfTheVectors(String key, String stream, String txTime, String secret) {
    assertThat(StreamUrls.txSecret(key, stream, txTime)).isEqualTo(secret);
  }

  @Test
  void timeIsWrittenInUpperCaseHexSeconds() {
    assertThat(StreamUrls.signature(PUSH_KEY, STREAM, NEW_YEAR))
        .isEqualTo("txSecret=fe263b81b468347972ef6dc21bc555d5&txTime=5867D600");
    assertThat(
            StreamUrls.signature(
                "69e0daf7234b01f257a7adb9f807ae9f",
                new StreamName("8888_123456"),
                Instant.parse("2016-09-11T12:08:07Z")))
        .isEqualTo("txSecret=d11db8a63c4f20517144fceb533cb4a7&txTime=57D54927");
  }

  @Test
  void pushAddressOfTheAccountsDomainNamesTheAccount() {
    assertThat(urls(LEGACY, null).push(STREAM, NEW_YEAR))
        .isEqualTo(
            "rtmp://8888.livepush.myqcloud.com/live/8888_test_12345_test"
                + "?bizid=8888&txSecret=fe263b81b468347972ef6dc21bc555d5&txTime=5867D600");
  }

  @Test
  void pushAddressOfAnOwnDomain() {
    assertThat(urls(OWN, null).push(STREAM, NEW_YEAR))
        .isEqualTo(
            "rtmp://push.example.com/show/8888_test_12345_test"
                + "?txSecret=fe263b81b468347972ef6dc21bc555d5&txTime=5867D600");
  }

  @Test
  void playAddressesUnsigned() {
    String base = "://8888.liveplay.myqcloud.com/live/8888_test_12345_test";

    assertThat(urls(LEGACY, null).play(room(NEW_YEAR)))
        .isEqualTo(
            new PlayUrls("rtmp" + base, "http" + base + ".flv", "http" + base + ".m3u8", null));
  }

  @Test
  void playAddressesSignedWithThePlayKey() {
    String base = "://play.example.com/show/8888_test_12345_test";
    String query = "?txSecret=da2c1cba8ea8cdad4a2476184fae4d36&txTime=5867D600";

    PlayUrls play = urls(OWN, PLAY_KEY).play(room(NEW_YEAR.minus(Duration.ofHours(24))));

    assertThat(play)
        .isEqualTo(
            new PlayUrls(
                "rtmp" + base + query,
                "https" + base + ".flv" + query,
                "https" + base + ".m3u8" + query,
                NEW_YEAR));
  }

  @Test
  void expiryIsTheRoomsAndNotTheMoments() {
    Room room = room(NEW_YEAR.plusMillis(750));
    Room later = Telling.of(room).hears(900, Words.saysLive()).room();

    assertThat(urls(OWN, PLAY_KEY).play(later)).isEqualTo(urls(OWN, PLAY_KEY).play(room));
    assertThat(urls(OWN, PLAY_KEY).play(room).expiresAt())
        .isEqualTo(NEW_YEAR.plus(Duration.ofHours(24)));
  }

  @Test
  void keysAreNotPrintedAndNotInAnyAddress() {
    StreamUrls urls = urls(OWN, PLAY_KEY);

    assertThat(urls + " " + OWN + urls.push(STREAM, NEW_YEAR) + urls.play(room(NEW_YEAR)))
        .doesNotContain(PUSH_KEY)
        .doesNotContain(PLAY_KEY);
  }

  private static StreamUrls urls(Domains domains, @Nullable String playKey) {
    return new StreamUrls(domains, PUSH_KEY, playKey, Duration.ofHours(24));
  }

  private static Room room(Instant createdAt) {
    return Room.open(
        Words.ID,
        STREAM,
        new Host(Words.HOST, null, null),
        new RoomInfo("Engines", null, null, List.of()),
        createdAt);
  }
}
