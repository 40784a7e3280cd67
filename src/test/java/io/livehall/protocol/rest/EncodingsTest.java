package io.livehall.protocol.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingsTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, false",
        "'', false",
        "gzip, true",
        "GZIP, true",
        "'gzip, deflate, br', true",
        "'br , gzip ;q=0.5', true",
        "gzip;q=0, false",
        "gzip; q=0.000, false",
        "'gzip;q=0, *', false",
        "*, true",
        "*;q=0, false",
        "br, false",
        "identity, false",
        "notgzip, false",
        "gzip;q=, false",
        "gzip;q=x, false"
      })
  void gzipIsSentToWhoTakesIt(String accepted, boolean takes) {
    assertThat(Encodings.takesGzip(accepted)).isEqualTo(takes);
  }
}
