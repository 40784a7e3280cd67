package io.livehall.load;

/** Why it could not run. */
final class LoadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LoadException(String message) {
    super(message);
  }
}
