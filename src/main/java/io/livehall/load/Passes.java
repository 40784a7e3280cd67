package io.livehall.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is who in a run, as the options say. */
final class Passes {
  private static final Duration AFTER_THE_RUN = Duration.ofMinutes(30);

  private final LoadOptions options;
  private final Api api;
  private final Stop stop;
  private final @Nullable TokenSigner signer;
  private final List<String> tokens;

  /** In the names of this run's users: runs do not meet. */
  private final String run = hex(4);

  Passes(LoadOptions options, Api api, Stop stop) {
    this.options = options;
    this.api = api;
    this.stop = stop;
    String key = options.passes().tokenKey();
    this.signer =
        key == null ? null : new TokenSigner(key, options.run().measured().plus(AFTER_THE_RUN));
    Path file = options.passes().tokens();
    this.tokens = file == null ? List.of() : read(file);
    if (file != null && tokens.size() < options.hosts().count()) {
      throw new LoadException(
          "%s has %d tokens for %d hosts".formatted(file, tokens.size(), options.hosts().count()));
    }
  }

  boolean makesAccounts() {
    return signer == null && tokens.isEmpty();
  }

  /** Blocks where an account is made. */
  Pass ofHost(int number) {
    String user = "load-" + run + "-host-" + number;
    if (signer != null) {
      String token = signer.token(user);
      return () -> token;
    }
    if (!tokens.isEmpty()) {
      return () -> tokens.get(number);
    }
    var credentials = new JsonObject().put("userId", user).put("password", hex(16));
    List<URI> bases = options.server().bases();
    return Account.made(api, bases.get(number % bases.size()), credentials, stop);
  }

  /** Null where viewers are nobody in particular. */
  @Nullable String ofViewer(int number) {
    if (signer != null) {
      return signer.token("load-" + run + "-viewer-" + number);
    }
    int line = options.hosts().count() + number;
    return line < tokens.size() ? tokens.get(line) : null;
  }

  private static List<String> read(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new LoadException("cannot read " + file + ": " + e.getMessage());
    }
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
