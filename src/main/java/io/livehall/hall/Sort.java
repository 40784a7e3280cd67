package io.livehall.hall;

import java.util.Comparator;

/** The orders in which the list is shown. Both are total: the id decides between equals. */
public enum Sort {
  NEWEST(Sort::byNewest),
  HOT(Sort::byHeat);

  private final Comparator<Ranked> order;

  Sort(Comparator<Ranked> order) {
    this.order = order;
  }

  Comparator<Ranked> order() {
    return order;
  }

  private static int byNewest(Ranked a, Ranked b) {
    int newerFirst = Long.compare(b.liveAt(), a.liveAt());
    return newerFirst != 0 ? newerFirst : b.id().compareTo(a.id());
  }

  private static int byHeat(Ranked a, Ranked b) {
    int hotterFirst = Long.compare(b.heat(), a.heat());
    return hotterFirst != 0 ? hotterFirst : byNewest(a, b);
  }
}
