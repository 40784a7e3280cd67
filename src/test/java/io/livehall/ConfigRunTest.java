package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, as an operator meets it when something is wrong. */
class ConfigRunTest {
  @TempDir Path directory;

  @Test
  void theEffectiveTreeIsPrintedWithoutItsSecrets() throws IOException {
    Path file = directory.resolve("mine.json");
    Files.writeString(file, "{\"http\":{\"port\":12345},\"rooms\":{\"pollEvery\":\"7s\"}}");
    Map<String, String> environment =
        Map.of(
            "LIVEHALL_HTTP_PORT", "23456",
            "LIVEHALL_TOKENS_KEY", "a-very-secret-key-of-forty-characters-00",
            "LIVEHALL_POSTGRES_URI", "postgresql://user:hidden-word@127.0.0.1:1/db");

    Ended ended = run(environment, "--config", file.toString(), "--check-config");

    assertThat(ended.code).isZero();
    JsonObject tree = new JsonObject(ended.output);
    assertThat(tree.getJsonObject("http").getInteger("port")).isEqualTo(23456);
    assertThat(tree.getJsonObject("rooms").getString("pollEvery")).isEqualTo("7s");
    assertThat(ended.output)
        .contains("***")
        .doesNotContain("a-very-secret-key")
        .doesNotContain("hidden-word")
        .doesNotContain("please-change")
        .doesNotContain("simulated-push-key");
  }

  @Test
  void anUnknownKeyStopsTheStartWithOneLineThatNamesItAndTheRemedy() throws IOException {
    Path file = directory.resolve("mine.json");
    Files.writeString(file, "{\"http\":{\"prot\":1}}");

    assertRefused(run(Map.of(), "--config", file.toString()), "http.prot", "http.port");
    assertRefused(run(Map.of("LIVEHALL_HTTP_PROT", "1")), "LIVEHALL_HTTP_PROT", "http.port");
  }

  @Test
  void aBadValueOrArgumentStopsTheStart() throws IOException {
    assertRefused(run(Map.of("LIVEHALL_HTTP_PORT", "x")), "LIVEHALL_HTTP_PORT");
    assertRefused(run(Map.of("LIVEHALL_ROOMS_POLLEVERY", "fast")), "LIVEHALL_ROOMS_POLLEVERY");
    assertRefused(run(Map.of(), "--verbose"), "--verbose", "--help");
    assertRefused(run(Map.of(), "--config", directory.resolve("none").toString()), "none");
  }

  @Test
  void outsideSimulatedModeDefaultSecretsAreRefused() throws IOException {
    var environment = new HashMap<String, String>();
    environment.put("LIVEHALL_TENCENT_MODE", "v3");
    environment.put("LIVEHALL_TENCENT_SECRETID", "id");
    assertRefused(run(environment), "tencent.secretKey");

    environment.put("LIVEHALL_TENCENT_SECRETKEY", "a-secret-key-of-the-cloud");
    Ended ended = run(environment);

    assertRefused(ended, "default secret");
    assertThat(ended.output).doesNotContain("a-secret-key").doesNotContain("simulated-only");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    TestPorts ports = TestPorts.take();
    Map<String, String> environment = TestServer.environment(ports);
    try (var other = TestProcess.start(directory.resolve("other"), ports, environment)) {
      Ended ended = run(environment);

      assertThat(ended.code).isEqualTo(1);
      assertThat(lastLine(ended)).startsWith("livehall: ops.port: ");
      assertThat(other.isAlive()).isTrue();
    }
  }

  private record Ended(int code, String output) {}

  private Ended run(Map<String, String> environment, String... arguments) throws IOException {
    Path output = directory.resolve("output");
    int code = TestProcess.run(output, environment, arguments);
    return new Ended(code, Files.readString(output));
  }

  private static void assertRefused(Ended ended, String... words) {
    assertThat(ended.code).as(ended.output).isEqualTo(2);
    assertThat(ended.output.lines()).hasSize(1);
    assertThat(ended.output).startsWith("livehall: ").contains(words);
  }

  private static String lastLine(Ended ended) {
    return ended.output.lines().reduce("", (before, line) -> line);
  }
}
