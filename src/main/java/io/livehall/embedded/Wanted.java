package io.livehall.embedded;

/** Which stores this process runs itself; the others are somebody else's. */
public record Wanted(boolean postgres, boolean redis) {
  public static final Wanted BOTH = new Wanted(true, true);
  public static final Wanted POSTGRES = new Wanted(true, false);
  public static final Wanted REDIS = new Wanted(false, true);
}
