package io.livehall.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomChange;
import io.livehall.domain.StreamName;
import io.livehall.service.Order;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TencentCallbackTest {
  private static final Instant BEGAN_AT = Instant.ofEpochSecond(1546300800);
  private static final Instant ENDED_AT = Instant.ofEpochSecond(1546304400);

  @Test
  void beginAndEndOfAPushCarryItsSequence() {
    assertThat(TencentCallback.order(Bodies.BEGAN))
        .contains(order(new RoomChange.PushBegan("6674468118806626493", BEGAN_AT)));
    assertThat(TencentCallback.order(Bodies.ENDED))
        .contains(order(new RoomChange.PushEnded("6674468118806626493", ENDED_AT, BEGAN_AT)));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200, 317})
  void otherKindsAskNothingOfUs(int eventType) {
    String body =
        switch (eventType) {
          case 100 -> Bodies.RECORDED;
          case 200 -> Bodies.SHOT;
          default -> Bodies.MODERATED;
        };

    TencentCallback callback = TencentCallback.parse(body);

    assertThat(callback)
        .isEqualTo(new TencentCallback(eventType, "8888_user001", Optional.empty()));
    assertThat(TencentCallback.order(body)).isEmpty();
  }

  @Test
  void anEventAboutNoStreamIsUnderstood() {
    assertThat(TencentCallback.parse("{\"event_type\":314}"))
        .isEqualTo(new TencentCallback(314, "", Optional.empty()));
  }

  @Test
  void numbersMayBeStringsAndNamesMayHaveBlanksAndCapitals() {
    String body =
        json(Bodies.ENDED)
            .put("event_type", " 0")
            .put("event_time", "1546304400 ")
            .put("push_duration", 3600000)
            .put("stream_id", "  8888_USER001 ")
            .put("sequence", 6674468118806626493L)
            .encode();

    assertThat(TencentCallback.parse(body)).isEqualTo(TencentCallback.parse(Bodies.ENDED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"31622400001", "999999999999999999"})
  void aPushThatClaimsToHaveBegunBeforeItCanIsOfUnknownBeginning(String duration) {
    String body = json(Bodies.ENDED).put("push_duration", duration).encode();

    assertThat(TencentCallback.parse(body).change())
        .contains(new RoomChange.PushEnded("6674468118806626493", ENDED_AT, null));
  }

  @Test
  void anEndWithoutADurationIsOfUnknownBeginning() {
    JsonObject body = json(Bodies.ENDED);
    body.remove("push_duration");

    assertThat(TencentCallback.parse(body.encode()).change())
        .contains(new RoomChange.PushEnded("6674468118806626493", ENDED_AT, null));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          event_type,    null
          event_type,    '"one"'
          event_type,    -1
          event_type,    1.5
          event_type,    1234567
          event_type,    true
          event_type,    [1]
          stream_id,     null
          stream_id,     '"   "'
          stream_id,     '"a b"'
          stream_id,     '"a\\u0000b"'
          stream_id,     '"直播"'
          stream_id,     {}
          sequence,      null
          sequence,      '""'
          sequence,      '"a b"'
          sequence,      '"a;b"'
          sequence,      1.5
          event_time,    null
          event_time,    -5
          event_time,    999999999
          event_time,    1546300800000
          event_time,    1e9
          event_time,    99999999999999999999
          push_duration, '"-1"'
          push_duration, '"long"'
          push_duration, []
          """)
  void whatIsMalformedIsNamed(String field, String value) {
    Object parsed = "null".equals(value) ? null : io.vertx.core.json.Json.decodeValue(value);
    String body = json(Bodies.ENDED).put(field, parsed).encode();

    assertThatThrownBy(() -> TencentCallback.parse(body))
        .asInstanceOf(type(LiveException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
        .satisfies(e -> assertThat(e.fields()).extracting("field").containsExactly(field));
  }

  @Test
  void tooLongASequenceOrStreamIsMalformed() {
    for (String field : List.of("sequence", "stream_id")) {
      String body = json(Bodies.BEGAN).put(field, "x".repeat(256)).encode();

      assertThatThrownBy(() -> TencentCallback.parse(body)).hasMessageStartingWith(field);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "[]", "7", "\"x\"", "{", "{} {}", "{\"a\":}", "\u0000"})
  void whatIsNoJsonObjectIsMalformed(String body) {
    assertThatThrownBy(() -> TencentCallback.parse(body))
        .asInstanceOf(type(LiveException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
  }

  @Test
  void aStreamThatCanBeNoRoomsIsNotMalformedButUnmatched() {
    String body = json(Bodies.BEGAN).put("stream_id", "other-app.room-7").encode();

    assertThat(TencentCallback.parse(body).stream()).isEqualTo("other-app.room-7");
    assertThatThrownBy(() -> TencentCallback.order(body))
        .asInstanceOf(type(LiveException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ROOM_NOT_FOUND));
  }

  private static Order.Change order(RoomChange change) {
    return new Order.Change(new Order.Target.ByStream(new StreamName("8888_user001")), change);
  }

  private static JsonObject json(String body) {
    return new JsonObject(body);
  }
}
