package io.livehall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigTest {
  @TempDir Path directory;

  @Test
  void defaultsAloneAreAWholeConfiguration() {
    LiveConfig config = LiveConfig.load(Optional.empty(), Map.of());

    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.callback().port()).isEqualTo(8081);
    assertThat(config.push().port()).isEqualTo(8082);
    assertThat(config.ops()).isEqualTo(new LiveConfig.Ops("127.0.0.1", 9090));
    assertThat(config.roles()).containsExactlyElementsOf(EnumSet.allOf(Role.class));
    assertThat(config.rooms().pollEvery()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.bus().askTimeout()).isEqualTo(Duration.ofMillis(4500));
    assertThat(config.callback().keepFor()).isEqualTo(Duration.ofDays(7));
    assertThat(config.postgres().uri()).isNull();
    assertThat(config.tokens().outside()).isNull();
    assertThat(config.tencent().mode()).isEqualTo(TencentConfig.Mode.SIMULATED);
    assertThat(config.accounts().bootstrap())
        .containsExactly(
            new AccountsConfig.Bootstrap(
                "admin", AccountsConfig.AccountRole.ADMIN, new Secret("admin-please-change")),
            new AccountsConfig.Bootstrap(
                "moderator",
                AccountsConfig.AccountRole.MODERATOR,
                new Secret("moderator-please-change")));
  }

  @Test
  void fileChangesWhatItNamesAndNothingElse() {
    Path file =
        ConfigErrors.write(directory, "{\"http\":{\"port\":18080},\"roles\":[\"poll\",\"api\"]}");

    LiveConfig config = LiveConfig.load(Optional.of(file), Map.of());

    assertThat(config.http().port()).isEqualTo(18080);
    assertThat(config.http().host()).isEqualTo("0.0.0.0");
    assertThat(config.roles()).containsExactly(Role.API, Role.POLL);
    assertThat(config.rooms()).isEqualTo(LiveConfig.load(Optional.empty(), Map.of()).rooms());
  }

  @Test
  void environmentWinsOverTheFile() {
    Path file = ConfigErrors.write(directory, "{\"http\":{\"port\":18080,\"host\":\"::1\"}}");

    LiveConfig config =
        LiveConfig.load(Optional.of(file), Map.of("LIVEHALL_HTTP_PORT", "28080", "HOME", "/x"));

    assertThat(config.http().port()).isEqualTo(28080);
    assertThat(config.http().host()).isEqualTo("::1");
  }

  @Test
  void variableCanNameTheFileAndTheArgumentWinsOverIt() {
    Path file = ConfigErrors.write(directory, "{\"http\":{\"port\":18080}}");

    var named = Map.of("LIVEHALL_CONFIG", file.toString(), "LIVEHALL_JAVA_OPTS", "-Xmx1g");
    assertThat(LiveConfig.load(Optional.empty(), named).http().port()).isEqualTo(18080);

    var wrong = Map.of("LIVEHALL_CONFIG", "no-such-file");
    assertThat(LiveConfig.load(Optional.of(file), wrong).http().port()).isEqualTo(18080);
    assertThat(LiveConfig.load(Optional.empty(), Map.of("LIVEHALL_CONFIG", "")).http().port())
        .isEqualTo(8080);
  }

  @Test
  void emptyVariableTakesANullableValueAway() {
    Path file =
        ConfigErrors.write(
            directory,
            "{\"node\":{\"name\":\"a\"},\"redis\":{\"uri\":\"redis://h\"},"
                + "\"tencent\":{\"playKey\":\"secret-play-key\"},"
                + "\"tokens\":{\"outside\":{\"algorithm\":\"RS256\",\"publicKey\":"
                + "\"%s\"}}}".formatted(Keys.RSA.replace("\n", "\\n")));

    LiveConfig kept = LiveConfig.load(Optional.of(file), Map.of());
    LiveConfig config =
        LiveConfig.load(
            Optional.of(file),
            Map.of(
                "LIVEHALL_NODE_NAME", "",
                "LIVEHALL_REDIS_URI", "",
                "LIVEHALL_TENCENT_PLAYKEY", "",
                "LIVEHALL_TOKENS_OUTSIDE", "",
                "LIVEHALL_ACCOUNTS_BOOTSTRAP", "",
                "LIVEHALL_CLUSTER_MEMBERS", ""));

    assertThat(kept.tokens().outside()).isNotNull();
    assertThat(config.node().name()).isNull();
    assertThat(config.redis().uri()).isNull();
    assertThat(config.tencent().playKey()).isNull();
    assertThat(config.tokens().outside()).isNull();
    assertThat(config.accounts().bootstrap()).isEmpty();
    assertThat(config.cluster().members()).isEmpty();
  }

  @Test
  void sectionThatIsAbsentByDefaultCanBeMadeOfVariables() {
    LiveConfig config =
        LiveConfig.load(
            Optional.empty(),
            Map.of(
                "LIVEHALL_TOKENS_OUTSIDE_ALGORITHM",
                "es256",
                "LIVEHALL_TOKENS_OUTSIDE_PUBLICKEY",
                Keys.EC));

    assertThat(config.tokens().outside())
        .isEqualTo(new TokensConfig.Outside(TokensConfig.Algorithm.ES256, Keys.EC, null, null));
  }

  @Test
  void domainsComeWithTheBizIdUntilTheyAreSet() {
    var own =
        Map.of("LIVEHALL_TENCENT_BIZID", "77", "LIVEHALL_TENCENT_PLAYDOMAIN", "p.example.com");

    TencentConfig tencent = LiveConfig.load(Optional.empty(), own).tencent();

    assertThat(tencent.pushHost()).isEqualTo("77.livepush.myqcloud.com");
    assertThat(tencent.playHost()).isEqualTo("p.example.com");
  }
}
