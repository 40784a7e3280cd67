package io.livehall.bus;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.LiveException.FieldError;
import io.vertx.core.Future;
import java.io.Serializable;
import java.util.List;

/** The answer to an ask: what was asked for, or why not. */
sealed interface Reply extends Serializable {
  record Good(Serializable value) implements Reply {}

  record Bad(ErrorCode code, String detail, List<FieldError> fields) implements Reply {}

  static Reply to(LiveException refusal) {
    return new Bad(refusal.code(), refusal.detail(), refusal.fields());
  }

  /** The type is what {@link Addresses} says of the address that was asked. */
  @SuppressWarnings("unchecked")
  default <A> Future<A> asFuture() {
    if (this instanceof Good good) {
      return Future.succeededFuture((A) good.value());
    }
    Bad bad = (Bad) this;
    return Future.failedFuture(new LiveException(bad.code(), bad.detail(), bad.fields(), null));
  }
}
