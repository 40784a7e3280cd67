package io.livehall.protocol.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.CloseReason;
import io.livehall.domain.Host;
import io.livehall.domain.LivenessPolicy;
import io.livehall.domain.Outcome;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.domain.StreamUrls;
import io.livehall.domain.UserId;
import io.livehall.protocol.RoomJson;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BecauseTest {
  private static final Instant T = Instant.parse("2026-11-20T12:00:00Z");
  private static final UserId MEI = new UserId("mei");
  private static final LivenessPolicy POLICY =
      new LivenessPolicy(
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ZERO,
          false);

  @Test
  void createdRoomWaitsForAWord() {
    assertThat(Because.of(room())).startsWith("Nobody has said yet");
  }

  @Test
  void liveRoomIsLiveByTheHostsWordUntilTheCloudSaysIt() {
    Room said = after(room(), new RoomChange.SaysLive(MEI));
    Room seen = after(said, new RoomChange.PushBegan("1", T.plusSeconds(5)));

    assertThat(Because.of(said)).startsWith("The host says");
    assertThat(Because.of(seen)).startsWith("The cloud says that the stream is up");
    assertThat(Because.of(after(said, poll(1, StreamState.UP)))).startsWith("The cloud says");
  }

  @Test
  void missesThatDoNotSufficeAreNamed() {
    Room said = after(room(), new RoomChange.SaysLive(MEI));
    Room missed = after(said, poll(1, StreamState.DOWN));

    assertThat(Because.of(missed)).contains("one poll");
    assertThat(Because.of(after(missed, poll(2, StreamState.DOWN)))).contains("2 polls");
    assertThat(Because.of(after(said, poll(1, StreamState.UNKNOWN)))).startsWith("The host says");
  }

  @Test
  void interruptedRoomIsSoByTheEndOfItsPush() {
    Room live = after(room(), new RoomChange.PushBegan("1", T.plusSeconds(5)));
    Room ended = after(live, new RoomChange.PushEnded("1", T.plusSeconds(9), T.plusSeconds(5)));

    assertThat(ended.state()).isEqualTo(RoomState.INTERRUPTED);
    assertThat(Because.of(ended)).contains("the push is over");
  }

  @ParameterizedTest
  @EnumSource(CloseReason.class)
  void everyReasonOfAnEndHasASentence(CloseReason reason) {
    Room open = room();
    var closed =
        new Room(
            open.id(),
            open.stream(),
            open.host(),
            open.info(),
            RoomState.CLOSED,
            reason,
            T,
            null,
            T.plusSeconds(60),
            2,
            open.tally(),
            open.evidence());

    assertThat(Because.of(closed)).endsWith(".").isNotEqualTo("It is closed.");
    assertThat(Arrays.stream(CloseReason.values()).filter(other -> other != reason).map(Enum::name))
        .noneMatch(Because.of(closed)::contains);
  }

  @Test
  void evidenceIsListedNewestLast() {
    Room live = after(room(), new RoomChange.PushBegan("77", T.plusSeconds(5)));
    Room beaten = after(live, new RoomChange.Beats(MEI), T.plusSeconds(3));
    Room missed = after(beaten, poll(4, StreamState.DOWN), T.plusSeconds(30));

    JsonObject json = EvidenceJson.object(missed);

    assertThat(json.getString("state")).isEqualTo("live");
    assertThat(json.getJsonArray("evidence").encode())
        .isEqualTo(
            "[{\"source\":\"heartbeat\",\"says\":\"there\",\"at\":\"2026-11-20T12:00:03.000Z\"},"
                + "{\"source\":\"callback\",\"says\":\"up\",\"at\":\"2026-11-20T12:00:05.000Z\","
                + "\"detail\":\"sequence 77\"},"
                + "{\"source\":\"poll\",\"says\":\"inactive\",\"at\":\"2026-11-20T12:00:24.000Z\","
                + "\"detail\":\"poll 4\"}]");
  }

  @Test
  void roomIsWrittenWithItsNullsAndWithoutItsPushAddress() {
    var domains = new StreamUrls.Domains("8888", "push.example", "play.example", "live", "https");
    var json = new RoomJson(new StreamUrls(domains, "key", null, Duration.ofDays(1)));

    String text = new String(json.encode(room()), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(text)
        .isEqualTo(
            "{\"id\":\"r000000000000001\",\"state\":\"created\",\"host\":{\"id\":\"mei\","
                + "\"name\":\"mei\",\"avatarUrl\":null},\"title\":\"夜空\",\"coverUrl\":null,"
                + "\"location\":null,\"tags\":[\"music\"],\"viewers\":0,\"likes\":0,"
                + "\"createdAt\":\"2026-11-20T12:00:00.000Z\",\"liveAt\":null,\"version\":1,"
                + "\"play\":{\"rtmp\":\"rtmp://play.example/live/8888_r000000000000001\","
                + "\"flv\":\"https://play.example/live/8888_r000000000000001.flv\","
                + "\"hls\":\"https://play.example/live/8888_r000000000000001.m3u8\","
                + "\"expiresAt\":null}}");
  }

  private static RoomChange poll(int number, StreamState says) {
    return new RoomChange.Polled(number, T.plusSeconds(20 + number), says);
  }

  private static Room after(Room room, RoomChange change) {
    return after(room, change, T.plusSeconds(2));
  }

  private static Room after(Room room, RoomChange change, Instant now) {
    Outcome outcome = room.hear(change, POLICY, now);
    return outcome instanceof Outcome.Changed changed
        ? changed.room()
        : ((Outcome.Unchanged) outcome).room();
  }

  private static Room room() {
    var id = new RoomId("r000000000000001");
    var info = new RoomInfo("夜空", null, null, List.of("music"));
    return Room.open(id, StreamName.ofRoom("8888", id), new Host(MEI, null, null), info, T);
  }
}
