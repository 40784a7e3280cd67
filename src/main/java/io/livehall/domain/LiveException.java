package io.livehall.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or a trouble that has a name. It carries no stack trace: it is an answer, not an
 * accident.
 */
public final class LiveException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is wrong with one field of the input. */
  public record FieldError(String field, String message) implements java.io.Serializable {}

  private final ErrorCode code;
  private final List<FieldError> fields;
  private final int retryAfterSeconds;

  public LiveException(ErrorCode code, String detail) {
    this(code, detail, List.of(), null);
  }

  public LiveException(ErrorCode code, String detail, @Nullable Throwable cause) {
    this(code, detail, List.of(), cause);
  }

  public LiveException(
      ErrorCode code, String detail, List<FieldError> fields, @Nullable Throwable cause) {
    this(code, detail, fields, cause, 0);
  }

  private LiveException(
      ErrorCode code,
      String detail,
      List<FieldError> fields,
      @Nullable Throwable cause,
      int retryAfterSeconds) {
    super(detail, cause, false, false);
    this.code = code;
    this.fields = List.copyOf(fields);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public static LiveException invalid(String field, String message) {
    return new LiveException(
        ErrorCode.INVALID, field + " " + message, List.of(new FieldError(field, message)), null);
  }

  /** Somebody has had enough for now, and it is known when he can have more. */
  public static LiveException limited(String detail, int retryAfterSeconds) {
    return new LiveException(ErrorCode.RATE_LIMITED, detail, List.of(), null, retryAfterSeconds);
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<FieldError> fields() {
    return fields;
  }

  /** 0 where it is not known better than by the code. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
