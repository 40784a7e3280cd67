package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void withoutWordsItIsTheUsages() {
    LoadOptions options = parse();

    assertThat(options.viewers())
        .isEqualTo(new LoadOptions.Viewers(1000, 500, "newest", 20, 0.2, 0, false, 1));
    assertThat(options.hosts()).isEqualTo(new LoadOptions.Hosts(20, 1, 0, false));
    assertThat(options.passes()).isEqualTo(new LoadOptions.Passes(null, null));
    assertThat(options.server().bases()).containsExactly(URI.create("http://localhost:8080"));
    assertThat(options.run())
        .isEqualTo(new LoadOptions.Run(Duration.ofSeconds(60), Duration.ofSeconds(5), 1));
  }

  @Test
  void takesEveryOptionThatTheUsageNames() {
    Matcher option = Pattern.compile("(?m)^  (--[a-z-]+)").matcher(LoadOptions.USAGE);
    int found = 0;
    while (option.find()) {
      String name = option.group(1);
      if (!name.equals("--help")) {
        found++;
        // Known, and so refused for the repetition or the value only.
        assertThatThrownBy(() -> parse(name, "", name, ""))
            .isInstanceOf(LoadException.class)
            .hasMessageNotContaining(name + " is not known");
      }
    }
    assertThat(found).isEqualTo(20);
  }

  @Test
  void severalNodesMayBeNamed() {
    LoadOptions options =
        parse("--base", "http://a:1/", "--base", "http://b:2", "--pid", "7", "--pid", "8");

    assertThat(options.server().bases())
        .containsExactly(URI.create("http://a:1"), URI.create("http://b:2"));
    assertThat(options.server().pids()).containsExactly(7L, 8L);
  }

  @Test
  void theKeyOfTheEnvironmentStandsInForTheOption() {
    assertThat(Arguments.parse(List.of(), "env").passes().tokenKey()).isEqualTo("env");
    assertThat(Arguments.parse(List.of(), "env").hosts().likes()).isEqualTo(10);
    assertThat(Arguments.parse(List.of("--token-key", "mine"), "env").passes().tokenKey())
        .isEqualTo("mine");
    assertThat(Arguments.parse(List.of("--tokens", "file"), "env").passes())
        .isEqualTo(new LoadOptions.Passes(null, Path.of("file")));
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    refuses("--veiwers is not known", "--veiwers", "3");
    refuses("--viewers needs a value", "--viewers");
    refuses("--viewers is given twice", "--viewers", "1", "--viewers", "2");
    refuses("--viewers must be a number from 1 to 60000", "--viewers", "0");
    refuses("--viewers must be a whole number", "--viewers", "1.5");
    refuses("--room-share must be a number from 0 to 1", "--room-share", "NaN");
    refuses("--sort is newest or hot", "--sort", "old");
    refuses("is not an http address", "--base", "localhost:8080");
    refuses("exclude each other", "--tokens", "f", "--token-key", "k");
    refuses("--enter needs", "--enter");
    refuses("--likes needs", "--likes", "5");
  }

  private static void refuses(String why, String... words) {
    assertThatThrownBy(() -> parse(words))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining(why);
  }

  private static LoadOptions parse(String... words) {
    return Arguments.parse(List.of(words), null);
  }
}
