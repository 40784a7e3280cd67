package io.livehall;

import org.jspecify.annotations.Nullable;

/** Why the server does not start, in one line for who started it. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
