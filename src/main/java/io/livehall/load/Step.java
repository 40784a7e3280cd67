package io.livehall.load;

import java.util.List;

/**
 * What a frame did to a client.
 *
 * @param asksResync whether the client is to ask for the whole again
 * @param changes what the client sees now and did not see before; empty for a whole view
 */
public record Step(Verdict verdict, boolean asksResync, List<Change> changes) {
  static final Step IGNORED = new Step(Verdict.IGNORED, false, List.of());
  static final Step APPLIED = applied(List.of());
  static final Step GAP = new Step(Verdict.GAP, true, List.of());
  static final Step WRONG_HASH = new Step(Verdict.WRONG_HASH, true, List.of());
  static final Step BROKEN = new Step(Verdict.BROKEN, true, List.of());

  /** The whole itself is too long: asking for it again would give the same. */
  static final Step TOO_LONG = new Step(Verdict.BROKEN, false, List.of());

  /** The list is what the server means, and asking for it again would give the same. */
  static final Step REVIVED = new Step(Verdict.REVIVED, false, List.of());

  /** One thing that a person would see. */
  public record Change(Kind kind, String room, String title) {}

  /** What a person would see. */
  public enum Kind {
    LISTED,
    EDITED,
    CLOSED
  }

  static Step applied(List<Change> changes) {
    return new Step(Verdict.APPLIED, false, changes);
  }
}
