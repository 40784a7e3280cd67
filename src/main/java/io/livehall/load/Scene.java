package io.livehall.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What all viewers and hosts of a run share. */
final class Scene {
  private final LoadOptions options;
  private final List<Place> places;
  private final Stage stage = new Stage();
  private final Journal journal = new Journal();
  private final Ledger ledger = new Ledger();
  private final AtomicInteger right = new AtomicInteger();
  private volatile Tally tally = new Tally();

  Scene(LoadOptions options, List<Place> places) {
    this.options = options;
    this.places = places;
  }

  LoadOptions options() {
    return options;
  }

  List<Place> places() {
    return places;
  }

  Place place(int index) {
    return places.get(Math.floorMod(index, places.size()));
  }

  Stage stage() {
    return stage;
  }

  Journal journal() {
    return journal;
  }

  Ledger ledger() {
    return ledger;
  }

  /** How many viewers have their view now. */
  AtomicInteger right() {
    return right;
  }

  /** Of the present part of the run. */
  Tally tally() {
    return tally;
  }

  /** What happens from now on is counted anew. */
  Tally turnOver() {
    tally = new Tally();
    return tally;
  }
}
