package io.livehall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a source can be wrong by itself. */
class ConfigErrorsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"http":{"prot":1}}                    | http.prot            | nearest is http.port
          {"Http":{"port":1}}                    | Http                 | nearest is http;
          {"port":1}                             | port                 | nearest is http.port
          {"tencent":{"callbackkey":"x"}}        | tencent.callbackkey  | nearest is tencent.callbackKey
          {"tencent":{"simulator":{"loose":1}}}  | tencent.simulator.loose | nearest is tencent.simulator.lose
          {"accounts":{"bootstrap":[{"usrId":1}]}} | accounts.bootstrap[0].usrId | nearest is accounts.bootstrap[].userId
          {"tokens":{"outside":{"isuer":"x"}}}   | tokens.outside.isuer | nearest is tokens.outside.issuer
          {"a\\nb":1}                            | a?b                  | no such key
          {"http":5}                             | http                 | write {...}
          {"http":null}                          | http                 | write {...}
          {"http":{"port":"8080"}}               | http.port            | write digits only
          {"http":{"port":80.5}}                 | http.port            | write digits only
          {"http":{"port":true}}                 | http.port            | write digits only
          {"http":{"port":{}}}                   | http.port            | an object is not a whole number
          {"http":{"port":99999999999}}          | http.port            | out of range
          {"http":{"port":99999999999999999999}} | http.port            | out of range
          {"http":{"port":null}}                 | http.port            | LIVEHALL_HTTP_PORT
          {"http":{"host":1}}                    | http.host            | write it in quotes
          {"http":{"idleTimeout":60}}            | http.idleTimeout     | such as "10s"
          {"http":{"idleTimeout":"60"}}          | http.idleTimeout     | such as "10s"
          {"http":{"idleTimeout":"99999999999d"}} | http.idleTimeout    | such as "10s"
          {"http":{"idleTimeout":"9999999999d"}} | http.idleTimeout     | use 1s to 1h
          {"callback":{"verify":"no"}}           | callback.verify      | write true or false
          {"tencent":{"simulator":{"lose":"x"}}} | tencent.simulator.lose | such as 0.5
          {"tencent":{"simulator":{"seed":1.5}}} | tencent.simulator.seed | write digits only
          {"tencent":{"mode":"v2"}}              | tencent.mode         | simulated, legacy, v3
          {"tencent":{"mode":3}}                 | tencent.mode         | simulated, legacy, v3
          {"roles":"api"}                        | roles                | write [...]
          {"roles":["api","apy"]}                | roles[1]             | api, callback, keeper
          {"roles":["api",null]}                 | roles[1]             | remove it
          {"cluster":{"members":[5]}}            | cluster.members[0]   | write it in quotes
          {"accounts":{"bootstrap":["a"]}}       | accounts.bootstrap[0] | write {...}
          {"accounts":{"bootstrap":[{"userId":"a","role":"admin"}]}} | accounts.bootstrap[0].password | secret is missing
          {"tokens":{"key":null}}                | tokens.key           | LIVEHALL_TOKENS_KEY
          {"tokens":{"key":""}}                  | tokens.key           | secret is missing
          {"tokens":{"key":5}}                   | tokens.key           | write it in quotes
          {"tencent":{"playKey":" key "}}        | tencent.playKey      | remove that
          {"data":{"dir":" "}}                   | data.dir             | name a directory
          {"data":{"dir":"a\\u0000b"}}           | data.dir             | is not a path
          {"tokens":{"outside":{"algorithm":"rs256"}}} | tokens.outside.publicKey | the value is missing
          """)
  void fileIsRefusedInOneLine(String json, String key, String remedy) {
    String line = ConfigErrors.ofFile(directory, json);

    assertThat(line).startsWith(key).contains(remedy);
  }

  @Test
  void wrongValueInTheFileIsSaidEvenWhereTheEnvironmentHidesIt() {
    Path file = ConfigErrors.write(directory, "{\"http\":{\"port\":\"x\"}}");

    String line = ConfigErrors.of(Optional.of(file), Map.of("LIVEHALL_HTTP_PORT", "1"));

    assertThat(line).startsWith("http.port (from " + file + "): \"x\" is not a whole number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          LIVEHALL_HTTP_PROT            | 1     | LIVEHALL_HTTP_PROT: | LIVEHALL_HTTP_PORT (http.port)
          LIVEHALL_PORT                 | 1     | LIVEHALL_PORT:      | LIVEHALL_HTTP_PORT (http.port)
          LIVEHALL_HTTP                 | {}    | LIVEHALL_HTTP:      | no key has this name
          LIVEHALL_                     | x     | LIVEHALL_:          | no key has this name
          LIVEHALL_http_port            | 1     | LIVEHALL_http_port: | LIVEHALL_HTTP_PORT
          LIVEHALL_ACCOUNTS_BOOTSTRAP[]_ROLE | x | LIVEHALL_ACCOUNTS   | LIVEHALL_ACCOUNTS_BOOTSTRAP
          LIVEHALL_HTTP_PORT            | x     | http.port (from LIVEHALL_HTTP_PORT): "x" | digits only
          LIVEHALL_HTTP_PORT            | ``    | http.port (from LIVEHALL_HTTP_PORT): ""  | digits only
          LIVEHALL_HTTP_PORT            | 70000 | http.port (from LIVEHALL_HTTP_PORT): 70000 | 0 for any free
          LIVEHALL_HTTP_HOST            | ``    | http.host (from     | is empty; use
          LIVEHALL_TENCENT_SIMULATOR_LOSE | NaN | tencent.simulator.lose (from | such as 0.5
          LIVEHALL_CALLBACK_VERIFY      | yes   | callback.verify (from | true or false
          LIVEHALL_ROLES                | ``    | roles (from LIVEHALL_ROLES): | name at least one
          LIVEHALL_ROLES                | api,, | roles[1] (from LIVEHALL_ROLES): | use one of
          LIVEHALL_TENCENT_PUSHKEY      | ``    | tencent.pushKey (from | secret is missing
          LIVEHALL_ACCOUNTS_BOOTSTRAP   | [{    | accounts.bootstrap (from | JSON
          LIVEHALL_TOKENS_OUTSIDE       | x     | tokens.outside (from | write {...}
          LIVEHALL_CONFIG               | /none/such | /none/such: | no such file
          """)
  void environmentIsRefusedInOneLine(String name, String text, String start, String remedy) {
    String line = ConfigErrors.of(Map.of(name, text));

    assertThat(line).startsWith(start).contains(remedy);
  }

  @Test
  void fileThatIsNotOneIsRefusedByItsName() throws Exception {
    Path latin =
        Files.write(directory.resolve("l"), "{\"é\":1}".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(ConfigErrors.of(Optional.of(Path.of("none.json")), Map.of()))
        .startsWith("none.json: there is no such file");
    assertThat(ConfigErrors.of(Optional.of(directory), Map.of())).contains("cannot be read");
    assertThat(ConfigErrors.of(Optional.of(latin), Map.of())).contains("cannot be read as UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{`",
        "``",
        "null",
        "[]",
        "`\"x\"`",
        "`{\"tokens\":{\"key\":\"hidden-word\" \"x\"}}`",
        "`{\"tokens\":hidden-word}`",
        "`{} {\"a\":\"hidden-word\"}`"
      })
  void textThatIsNoJsonObjectIsRefusedAndNotQuoted(String text) {
    String line = ConfigErrors.ofFile(directory, text);

    assertThat(line).contains("is not a JSON object", "{...}").doesNotContain("hidden");
  }

  @Test
  void refusedSecretsAreNotShown() {
    assertThat(ConfigErrors.of(Map.of("LIVEHALL_TOKENS_KEY", "hidden-word")))
        .startsWith("tokens.key (from LIVEHALL_TOKENS_KEY)")
        .contains("at least 32")
        .doesNotContain("hidden");
    assertThat(ConfigErrors.of(Map.of("LIVEHALL_TENCENT_PUSHKEY", "hidden-word\n")))
        .startsWith("tencent.pushKey")
        .doesNotContain("hidden");
    assertThat(ConfigErrors.of(Map.of("LIVEHALL_POSTGRES_URI", "postgresql://u:hidden@word@h/d")))
        .startsWith("postgres.uri")
        .doesNotContain("hidden");
    assertThat(ConfigErrors.of(Map.of("LIVEHALL_ACCOUNTS_BOOTSTRAP", "[{\"password\":\"hidden\"")))
        .startsWith("accounts.bootstrap")
        .doesNotContain("hidden");
    assertThat(ConfigErrors.of(Map.of("LIVEHALL_ACCOUNTS_BOOTSTRAP", "hidden")))
        .startsWith("accounts.bootstrap")
        .doesNotContain("hidden");
  }

  @Test
  void longOrMultiLineValueDoesNotBreakTheLine() {
    String line = ConfigErrors.of(Map.of("LIVEHALL_HTTP_PORT", "x\n\u001b[31m" + "y".repeat(9999)));

    assertThat(line).startsWith("http.port").hasSizeLessThan(300);
  }
}
