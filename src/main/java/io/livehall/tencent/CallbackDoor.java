package io.livehall.tencent;

import io.livehall.domain.LiveException;
import io.livehall.service.port.CallbackInbox.Letter;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who comes in as a callback of the cloud, and who does not. */
public final class CallbackDoor {
  private final CallbackSignature signature;
  private final boolean verifies;
  private final Clock clock;

  /** What came of a posted body. */
  public sealed interface Checked {

    /** It is the cloud's, and we understand it. */
    record Accepted(Letter letter) implements Checked {}

    /**
     * @param result what it is counted as: forged, expired or malformed
     */
    record Refused(int status, String result, String why) implements Checked {}
  }

  /**
   * @param verifies false only where the cloud has no key to sign with
   */
  public CallbackDoor(CallbackSignature signature, boolean verifies, Clock clock) {
    this.signature = signature;
    this.verifies = verifies;
    this.clock = clock;
  }

  public Checked check(@Nullable String body) {
    Instant now = clock.instant();
    try {
      CallbackFields fields = CallbackFields.of(body);
      Optional<Checked.Refused> refused = refusal(fields.digits("t"), fields.text("sign"), now);
      if (refused.isPresent()) {
        return refused.get();
      }
      TencentCallback callback = TencentCallback.of(fields);
      return new Checked.Accepted(
          new Letter(callback.eventType(), callback.stream(), String.valueOf(body), now));
    } catch (LiveException malformed) {
      return new Checked.Refused(400, "malformed", malformed.detail());
    }
  }

  /** 403 makes the true cloud try again: so that nothing is lost while a key is being put right. */
  private Optional<Checked.Refused> refusal(
      Optional<String> t, Optional<String> sign, Instant now) {
    if (!verifies) {
      boolean isExpired = t.isPresent() && signature.isExpired(t.get(), now);
      return isExpired ? refused("expired", "It was good until t.") : Optional.empty();
    }
    return switch (signature.check(t, sign, now)) {
      case OK -> Optional.empty();
      case FORGED -> refused("forged", "The sign is not of our key.");
      case EXPIRED -> refused("expired", "It was good until t.");
      case MISSING -> refused("forged", "There is no sign, or no t.");
    };
  }

  private static Optional<Checked.Refused> refused(String result, String why) {
    return Optional.of(new Checked.Refused(403, result, why));
  }
}
