package io.livehall.protocol.rest;

import io.livehall.domain.LiveException;
import io.livehall.protocol.Caller;
import io.livehall.protocol.Tokens;
import org.jspecify.annotations.Nullable;

/** Lets in whom the contract and the operator let in. */
final class Guard {
  private final Tokens tokens;
  private final boolean isViewingAnonymous;

  Guard(Tokens tokens, boolean isViewingAnonymous) {
    this.tokens = tokens;
    this.isViewingAnonymous = isViewingAnonymous;
  }

  /** Who calls; null for somebody unknown who may. */
  @Nullable Caller admit(Contract.Access access, @Nullable String authorization) {
    return switch (access) {
      case OPEN -> null;
      case VIEWER -> viewer(authorization);
      case TOKEN -> tokens.bearer(authorization);
    };
  }

  @Nullable Caller viewer(@Nullable String authorization) {
    return authorization == null && isViewingAnonymous ? null : tokens.bearer(authorization);
  }

  boolean mayView(@Nullable String authorization) {
    if (isViewingAnonymous) {
      return true;
    }
    try {
      tokens.bearer(authorization);
      return true;
    } catch (LiveException refused) {
      return false;
    }
  }
}
