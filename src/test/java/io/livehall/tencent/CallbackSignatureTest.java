package io.livehall.tencent;

import static io.livehall.tencent.CallbackSignature.Verdict.EXPIRED;
import static io.livehall.tencent.CallbackSignature.Verdict.FORGED;
import static io.livehall.tencent.CallbackSignature.Verdict.MISSING;
import static io.livehall.tencent.CallbackSignature.Verdict.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.config.Secret;
import io.livehall.tencent.CallbackSignature.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackSignatureTest {
  private static final Secret KEY = new Secret(Bodies.KEY);
  private static final Secret NEXT = new Secret("0123456789abcdef0123456789abcdef");
  private static final String T = "1546301400";
  private static final String SIGN = "798167c40d420af8d98cbe40c95bf95b";
  private static final Instant GOOD_UNTIL = Instant.ofEpochSecond(1546301400);

  private final CallbackSignature signature =
      new CallbackSignature(List.of(KEY), Duration.ofMinutes(15));

  @ParameterizedTest
  @CsvSource({
    "1473126233, c86bac94cf11a3b9420ebd55e3d741e0",
    "1545030873, 201baf14478a98eed70e3e8a4027b97d",
    "1546301400, 798167c40d420af8d98cbe40c95bf95b",
    "1546305000, d30ef590b56fa3f6021dfbf2fcaa3c4b",
    "1546305600, 2fa4b3b5d6f3ce842e26466efc48be7a",
    "1546301410, ec920772603ca6398ce9444e0beabcee",
    "1546301430, 1498b187bdfb5fdb3c087759fcf3e55f"
  })
  void theKnownVectorsHold(String t, String sign) {
    Instant then = Instant.ofEpochSecond(Long.parseLong(t));

    assertThat(CallbackSignature.sign(KEY, t)).isEqualTo(sign);
    assertThat(signature.check(Optional.of(t), Optional.of(sign), then)).isEqualTo(OK);
    assertThat(signature.check(Optional.of(t), Optional.of(sign.toUpperCase(Locale.ROOT)), then))
        .isEqualTo(OK);
  }

  @Test
  void anotherSignOrAnotherTimeIsForged() {
    String almost = SIGN.substring(0, 31) + "c";

    assertThat(check(T, almost, GOOD_UNTIL)).isEqualTo(FORGED);
    assertThat(check("1546301401", SIGN, GOOD_UNTIL)).isEqualTo(FORGED);
    assertThat(check(T, SIGN.substring(1), GOOD_UNTIL)).isEqualTo(FORGED);
    assertThat(check(T, SIGN + "0", GOOD_UNTIL)).isEqualTo(FORGED);
    assertThat(check(T, "签", GOOD_UNTIL)).isEqualTo(FORGED);
  }

  @Test
  void whatIsNotSignedIsMissing() {
    assertThat(signature.check(Optional.empty(), Optional.of(SIGN), GOOD_UNTIL)).isEqualTo(MISSING);
    assertThat(signature.check(Optional.of(T), Optional.empty(), GOOD_UNTIL)).isEqualTo(MISSING);
  }

  @Test
  void aCallbackIsGoodForTheToleranceAfterItsTime() {
    Instant last = GOOD_UNTIL.plus(Duration.ofMinutes(15));

    assertThat(check(T, SIGN, last)).isEqualTo(OK);
    assertThat(check(T, SIGN, last.plusMillis(1))).isEqualTo(EXPIRED);
  }

  @Test
  void nobodyButAForgerSignsForMoreThanADay() {
    assertThat(check(T, SIGN, GOOD_UNTIL.minus(Duration.ofDays(1)))).isEqualTo(OK);
    assertThat(check(T, SIGN, GOOD_UNTIL.minus(Duration.ofDays(1)).minusSeconds(1)))
        .isEqualTo(FORGED);
  }

  @Test
  void theGreatestNumbersAreNoTrouble() {
    for (String t : List.of("0", "999999999999999999")) {
      String sign = CallbackSignature.sign(KEY, t);
      assertThat(check(t, sign, GOOD_UNTIL)).isIn(FORGED, EXPIRED);
    }
    assertThat(signature.isExpired("999999999999999999", GOOD_UNTIL)).isFalse();
  }

  @Test
  void bothKeysAreGoodWhileOneTakesOver() {
    var rotating = new CallbackSignature(List.of(NEXT, KEY), Duration.ZERO);
    String signedWithNext = CallbackSignature.sign(NEXT, T);

    assertThat(rotating.check(Optional.of(T), Optional.of(SIGN), GOOD_UNTIL)).isEqualTo(OK);
    assertThat(rotating.check(Optional.of(T), Optional.of(signedWithNext), GOOD_UNTIL))
        .isEqualTo(OK);
    assertThat(check(T, signedWithNext, GOOD_UNTIL)).isEqualTo(FORGED);
  }

  private Verdict check(String t, String sign, Instant now) {
    return signature.check(Optional.of(t), Optional.of(sign), now);
  }
}
