package io.livehall.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.config.Secret;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.service.port.CallbackInbox.Letter;
import io.livehall.tencent.CallbackDoor.Checked;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackDoorTest {
  private static final Instant NOW = Instant.ofEpochSecond(1546301000);
  private static final CallbackSignature SIGNATURE =
      new CallbackSignature(List.of(new Secret(Bodies.KEY)), Duration.ofMinutes(15));

  private final CallbackDoor door = door(true, NOW);

  @ParameterizedTest
  @ValueSource(
      strings = {
        Bodies.BEGAN,
        Bodies.ENDED,
        Bodies.RECORDED,
        Bodies.SHOT,
        Bodies.MODERATED,
      })
  void theCloudsOwnWordsComeInAsTheyWerePosted(String body) {
    int eventType = new JsonObject(body).getInteger("event_type");

    assertThat(door.check(body))
        .isEqualTo(new Checked.Accepted(new Letter(eventType, "8888_user001", body, NOW)));
  }

  @Test
  void theTimeMayBeAString() {
    String body = new JsonObject(Bodies.BEGAN).put("t", " 1546301400").encode();

    assertThat(door.check(body)).isInstanceOf(Checked.Accepted.class);
  }

  @Test
  void whatIsRefusedIsToldApart() {
    assertRefused(door.check(with("sign", "00000000000000000000000000000000")), 403, "forged");
    assertRefused(door.check(with("sign", null)), 403, "forged");
    assertRefused(door.check(with("t", null)), 403, "forged");
    assertRefused(door(true, NOW.plusSeconds(3600)).check(Bodies.BEGAN), 403, "expired");
    assertRefused(door.check(with("t", "soon")), 400, "malformed");
    assertRefused(door.check(with("sequence", null)), 400, "malformed");
    assertRefused(door.check("[]"), 400, "malformed");
    assertRefused(door.check(null), 400, "malformed");
  }

  @Test
  void withoutVerifyingOnlyTheSignatureIsNotLookedAt() {
    CallbackDoor open = door(false, NOW);
    JsonObject unsigned = new JsonObject(Bodies.BEGAN);
    unsigned.remove("sign");

    assertThat(open.check(unsigned.encode())).isInstanceOf(Checked.Accepted.class);
    unsigned.remove("t");
    assertThat(open.check(unsigned.encode())).isInstanceOf(Checked.Accepted.class);
    assertRefused(open.check(with("sequence", null)), 400, "malformed");
    assertRefused(door(false, NOW.plusSeconds(3600)).check(Bodies.BEGAN), 403, "expired");
  }

  /** A door without a lock, so that every mutation gets to the fields. */
  @Test
  void noMutationOfATrueBodyIsMoreThanMalformed() {
    CallbackDoor open = door(false, NOW);
    List<String> bodies = List.of(Bodies.BEGAN, Bodies.ENDED, Bodies.RECORDED, Bodies.MODERATED);
    Random random = new Random(20261120);
    int malformed = 0;

    for (int i = 0; i < 10_000; i++) {
      String body = mutated(bodies.get(i % bodies.size()), random);
      if (open.check(body) instanceof Checked.Refused refused) {
        assertThat(refused.result()).as(body).isIn("malformed", "expired"); // t may be what changed
        malformed++;
      } else {
        assertActable(body);
      }
      assertThat(door.check(body)).isNotNull();
    }

    assertThat(malformed).isBetween(1_000, 9_999);
  }

  private static void assertActable(String body) {
    try {
      TencentCallback.order(body);
    } catch (LiveException unmatched) {
      assertThat(unmatched.code()).as(body).isEqualTo(ErrorCode.ROOM_NOT_FOUND);
    }
  }

  private static String mutated(String body, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> withAnotherValue(body, random);
      case 1 -> body.substring(0, random.nextInt(body.length()));
      default -> withOtherBytes(body, random);
    };
  }

  private static String withAnotherValue(String body, Random random) {
    JsonObject json = new JsonObject(body);
    List<String> names = json.fieldNames().stream().sorted().toList();
    List<Object> values =
        List.of(
            -1,
            0,
            Long.MAX_VALUE,
            1e300,
            0.5,
            true,
            "",
            " ",
            "\u0000",
            "\ud800",
            "9".repeat(100),
            "x".repeat(300),
            List.of(),
            List.of(1),
            new JsonObject().put("a", 1),
            "١٢٣",
            "-0");
    return json.put(
            names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())))
        .encode();
  }

  private static String withOtherBytes(String body, Random random) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(5); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static CallbackDoor door(boolean verifies, Instant now) {
    return new CallbackDoor(SIGNATURE, verifies, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static String with(String field, Object value) {
    return new JsonObject(Bodies.BEGAN).put(field, value).encode();
  }

  private static void assertRefused(Checked checked, int status, String result) {
    assertThat(checked)
        .isInstanceOfSatisfying(
            Checked.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.result()).isEqualTo(result);
            });
  }
}
