package io.livehall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The one line that a bad configuration is answered with. */
final class ConfigErrors {
  private ConfigErrors() {}

  static String ofFile(Path directory, String json) {
    return of(Optional.of(write(directory, json)), Map.of());
  }

  static String of(Map<String, String> environment) {
    return of(Optional.empty(), environment);
  }

  static String of(Optional<Path> file, Map<String, String> environment) {
    var error =
        catchThrowableOfType(ConfigException.class, () -> LiveConfig.load(file, environment));
    assertThat(error).as("an error is owed").isNotNull();
    assertThat(error.getMessage()).hasLineCount(1).doesNotContain("\r", "\n", "\u001b");
    assertThat(error.getMessage()).as("key first").startsWith(error.key());
    assertThat(error.getMessage()).as("a remedy after what is wrong").contains("; ");
    return error.getMessage();
  }

  static Path write(Path directory, String json) {
    try {
      return Files.writeString(directory.resolve("own.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
