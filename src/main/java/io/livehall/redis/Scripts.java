package io.livehall.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script that Redis runs: a file of its own, which says what it is given and what it answers. */
enum Scripts {
  LIKE,
  VISIT,
  LOOK,
  SEAL,
  RAISE,
  MEMBERS;

  private final String text;
  private final String digest;

  Scripts() {
    String file = "/redis/" + name().toLowerCase(java.util.Locale.ROOT) + ".lua";
    try (InputStream in = Scripts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("missing: " + file);
      }
      byte[] bytes = in.readAllBytes();
      text = new String(bytes, UTF_8);
      digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Request load() {
    return Request.cmd(Command.SCRIPT).arg("LOAD").arg(text);
  }

  /** To be given its keys and arguments. */
  Request call(int keys) {
    return Request.cmd(Command.EVALSHA).arg(digest).arg(keys);
  }
}
