package io.livehall.protocol;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.service.port.Passwords;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * PBKDF2 on two threads of its own, so that whoever guesses passwords takes no more of the machine
 * than that. Stored as {@code pbkdf2-sha512$ITERATIONS$SALT$HASH}, the last two in base64: a hash
 * of other days, with other iterations, is still checked as it was made.
 */
public final class Pbkdf2Passwords implements Passwords {
  private static final String FORM = "pbkdf2-sha512";
  private static final int ITERATIONS = 210_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 64;
  private static final int THREADS = 2;
  private static final int WAITING_MAX = 32;

  private final WorkerExecutor workers;
  private final int iterations;
  private final AtomicInteger underWay = new AtomicInteger();
  private final SecureRandom random = new SecureRandom();

  public Pbkdf2Passwords(Vertx vertx) {
    this(vertx, ITERATIONS);
  }

  Pbkdf2Passwords(Vertx vertx, int iterations) {
    this.workers = vertx.createSharedWorkerExecutor("livehall-passwords", THREADS);
    this.iterations = iterations;
  }

  @Override
  public Future<String> hash(String password) {
    return soon(
        () -> {
          byte[] salt = new byte[SALT_BYTES];
          random.nextBytes(salt);
          return new Stored(iterations, salt, derive(password, iterations, salt)).text();
        });
  }

  @Override
  public Future<Boolean> matches(String password, @Nullable String stored) {
    return soon(
        () -> {
          boolean isKnown = stored != null;
          Stored wanted =
              stored == null
                  ? new Stored(iterations, new byte[SALT_BYTES], new byte[HASH_BYTES])
                  : Stored.parse(stored);
          byte[] found = derive(password, wanted.iterations, wanted.salt);
          return MessageDigest.isEqual(found, wanted.hash) && isKnown;
        });
  }

  private <T> Future<T> soon(Callable<T> work) {
    if (underWay.incrementAndGet() > THREADS + WAITING_MAX) {
      underWay.decrementAndGet();
      return Future.failedFuture(
          new LiveException(ErrorCode.RATE_LIMITED, "Too many are signing in. Wait a little."));
    }
    return workers.executeBlocking(work, false).onComplete(done -> underWay.decrementAndGet());
  }

  private static byte[] derive(String password, int iterations, byte[] salt)
      throws GeneralSecurityException {
    var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } finally {
      spec.clearPassword();
    }
  }

  private static final class Stored {
    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private Stored(int iterations, byte[] salt, byte[] hash) {
      this.iterations = iterations;
      this.salt = salt;
      this.hash = hash;
    }

    private static Stored parse(String text) {
      String[] parts = text.split("\\$", -1);
      if (parts.length != 4 || !parts[0].equals(FORM)) {
        throw new IllegalStateException("a stored password has a form that is not known");
      }
      var base64 = Base64.getDecoder();
      return new Stored(
          Integer.parseInt(parts[1]), base64.decode(parts[2]), base64.decode(parts[3]));
    }

    private String text() {
      var base64 = Base64.getEncoder().withoutPadding();
      return String.join(
          "$",
          FORM,
          Integer.toString(iterations),
          base64.encodeToString(salt),
          base64.encodeToString(hash));
    }
  }
}
