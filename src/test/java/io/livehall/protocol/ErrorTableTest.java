package io.livehall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorTableTest {

  @Test
  void onlyTroubleAndBugsAreTheServersFault() {
    assertThat(
            Arrays.stream(ErrorCode.values()).filter(code -> ErrorTable.http(code).status() >= 500))
        .containsExactly(ErrorCode.UNAVAILABLE, ErrorCode.TIMEOUT, ErrorCode.INTERNAL);
  }

  @Test
  void whoMayTryAgainIsToldWhen() {
    for (ErrorCode code : ErrorCode.values()) {
      ErrorTable.Http form = ErrorTable.http(code);
      boolean maySucceedLater = List.of(429, 503).contains(form.status());

      assertThat(form.retryAfterSeconds() > 0).as(code.name()).isEqualTo(maySucceedLater);
      assertThat(form.title()).isNotBlank();
    }
  }
}
