package io.livehall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {
  @Test
  void argumentsAreRead() {
    assertThat(Launch.parse()).isEqualTo(new Launch(Optional.empty(), false, false));
    assertThat(Launch.parse("--check-config", "--config", "a.json"))
        .isEqualTo(new Launch(Optional.of(Path.of("a.json")), true, false));
    assertThat(Launch.parse("--help").help()).isTrue();
    assertThat(Launch.USAGE).contains("--config FILE", "--check-config", "--help");
  }

  @ParameterizedTest
  @CsvSource({
    "--conf, --conf: unknown argument",
    "a.json, a.json: unknown argument",
    "--config=a.json, --config=a.json: unknown argument",
    "--config, --config: the file is missing",
    "--config --check-config, --config: the file is missing",
    "--config a --config b, --config: given twice"
  })
  void anythingElseIsRefusedInOneLine(String words, String start) {
    var error =
        catchThrowableOfType(ConfigException.class, () -> Launch.parse(words.split(" ", -1)));

    assertThat(error.getMessage()).startsWith(start).hasLineCount(1);
  }

  @Test
  void argumentCannotBreakTheLine() {
    var error = catchThrowableOfType(ConfigException.class, () -> Launch.parse("a\nb\u001b[2J"));

    assertThat(error).hasMessageStartingWith("a?b?[2J: unknown argument");
  }
}
