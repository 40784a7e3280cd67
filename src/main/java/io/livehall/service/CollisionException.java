package io.livehall.service;

/** Two transactions got in each other's way; the same one, tried again, may pass. */
public final class CollisionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CollisionException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
